package social.coral.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A response, ready to be sent. */
record Answer(int status, Map<String, String> headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static Answer json(int status, Object content) {
        return new Answer(status, Map.of("Content-Type", "application/json; charset=utf-8"), JSON.writeValueAsBytes(content));
    }

    static Answer html(int status, String page) {
        return new Answer(status, Map.of("Content-Type", "text/html; charset=utf-8", "Content-Security-Policy", Pages.POLICY), page.getBytes(StandardCharsets.UTF_8));
    }

    static Answer redirect(String location) {
        return new Answer(302, Map.of("Location", location), new byte[0]);
    }

    Answer with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Answer(status, all, body);
    }

    void send(HttpExchange exchange) throws IOException {
        send(exchange, body.length);
    }

    /** Declares a content length that need not match the body; a shorter body breaks the connection. */
    void send(HttpExchange exchange, int announced) throws IOException {
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, announced == 0 ? -1 : announced);
        if (announced > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
