package social.coral.web.frame;

import java.lang.reflect.RecordComponent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A path with its query: links change one thing of where a person is and keep the rest. */
public record Address(String path, Map<String, String> query) {

    public static Address of(String path) {
        return new Address(path, Map.of());
    }

    /** The path with the components of a record as its query. */
    public static Address of(String path, Record filter) {
        Address address = of(path);
        for (RecordComponent component : filter.getClass().getRecordComponents()) {
            try {
                address = address.with(component.getName(), component.getAccessor().invoke(filter));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return address;
    }

    /** The address with this in its query, or without it when the value is empty. */
    public Address with(String name, @Nullable Object value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        if (value == null || value.toString().isEmpty()) {
            more.remove(name);
        } else {
            more.put(name, value.toString());
        }
        return new Address(path, more);
    }

    /** The same query on a path below this one. */
    Address under(String more) {
        return new Address(path + more, query);
    }

    /** What the query holds under this name, or nothing. */
    String value(String name) {
        return query.getOrDefault(name, "");
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
