package social.coral;

import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the product answered over HTTP. */
public record TestAnswer(HttpResponse<String> http) {

    private static final JsonMapper JSON = new JsonMapper();

    public int status() {
        return http.statusCode();
    }

    public String body() {
        return http.body();
    }

    /** The body, read as JSON. */
    public JsonNode json() {
        return JSON.readTree(http.body());
    }

    /** The text at a JSON pointer, such as {@code /profile/email}; "" when there is none. */
    public String text(String pointer) {
        return json().at(pointer).asString("");
    }

    public @Nullable String header(String name) {
        return http.headers().firstValue(name).orElse(null);
    }

    public List<String> headers(String name) {
        return http.headers().allValues(name);
    }
}
