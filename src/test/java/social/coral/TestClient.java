package social.coral;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP with the product under test. Follows no redirect, and sends the same headers with every request. */
public final class TestClient {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final String address;
    private final Map<String, String> headers;

    public TestClient(String address, Map<String, String> headers) {
        this.address = address;
        this.headers = Map.copyOf(headers);
    }

    /** Where the product under test is served. */
    public String address() {
        return address;
    }

    /** The same client with one more header. */
    public TestClient with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new TestClient(address, more);
    }

    public TestAnswer get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), "");
    }

    /** Sends the body as JSON; a text is taken to be JSON already. */
    public TestAnswer post(String path, Object body) {
        return json("POST", path, body);
    }

    public TestAnswer put(String path, Object body) {
        return json("PUT", path, body);
    }

    public TestAnswer patch(String path, Object body) {
        return json("PATCH", path, body);
    }

    public TestAnswer delete(String path) {
        return send("DELETE", path, HttpRequest.BodyPublishers.noBody(), "");
    }

    /** Sends a POST without a body. */
    public TestAnswer post(String path) {
        return send("POST", path, HttpRequest.BodyPublishers.noBody(), "");
    }

    /** Sends a form as a page does. */
    public TestAnswer form(String path, Map<String, String> fields) {
        String encoded = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send("POST", path, HttpRequest.BodyPublishers.ofString(encoded), "application/x-www-form-urlencoded");
    }

    /** Sends any body of any type. */
    public TestAnswer send(String method, String path, HttpRequest.BodyPublisher body, String contentType) {
        return new TestAnswer(send(method, path, body, contentType, HttpResponse.BodyHandlers.ofString()));
    }

    /** As {@link #send}, for an answer that is no text. */
    public HttpResponse<byte[]> bytes(String method, String path, HttpRequest.BodyPublisher body, String contentType) {
        return send(method, path, body, contentType, HttpResponse.BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> send(
            String method, String path, HttpRequest.BodyPublisher body, String contentType, HttpResponse.BodyHandler<T> reader) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path)).method(method, body);
        headers.forEach(request::header);
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        try {
            return HTTP.send(request.build(), reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private TestAnswer json(String method, String path, Object body) {
        String text = body instanceof String ready ? ready : JSON.writeValueAsString(body);
        return send(method, path, HttpRequest.BodyPublishers.ofString(text), "application/json");
    }
}
