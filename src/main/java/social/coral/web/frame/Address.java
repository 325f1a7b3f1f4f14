package social.coral.web.frame;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A path with its query: links change one thing of where a person is and keep the rest. */
public final class Address {

    private final String path;
    private final Map<String, String> query;

    private Address(String path, Map<String, String> query) {
        this.path = path;
        this.query = query;
    }

    public static Address of(String path) {
        return new Address(path, Map.of());
    }

    /** The address with this in the query, or without it when it says nothing. */
    public Address with(String name, @Nullable Object value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        if (value == null || value.toString().isEmpty()) {
            more.remove(name);
        } else {
            more.put(name, value.toString());
        }
        return new Address(path, more);
    }

    @Override
    public String toString() {
        return query.isEmpty() ? path : path + "?" + query.entrySet().stream()
                .map(part -> encode(part.getKey()) + "=" + encode(part.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
