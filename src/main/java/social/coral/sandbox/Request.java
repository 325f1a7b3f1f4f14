package social.coral.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request, read completely. */
record Request(String method, String path, Map<String, String> query, Map<String, String> headers, String body) {

    private static final int MAX_BODY_LENGTH = 64 << 10;

    static Request read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_LENGTH + 1);
        if (body.length > MAX_BODY_LENGTH) {
            throw Refusal.invalid("The request body is larger than 64 KB.");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String query = exchange.getRequestURI().getRawQuery();
        return new Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), form(query == null ? "" : query), headers,
                new String(body, StandardCharsets.UTF_8));
    }

    /** Decodes {@code a=b&c=d}. */
    static Map<String, String> form(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                values.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
            }
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    @Nullable String header(String name) {
        return headers.get(name);
    }

    /** Returns the path's segments: {@code /2/tweets} is {@code ["2", "tweets"]}. */
    List<String> segments() {
        return List.of(path.substring(1).split("/", -1));
    }
}
