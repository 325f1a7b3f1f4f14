package social.coral.content.archive;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as the file has it.
 *
 * @param escaped whether its text came from X's own field, in which {@code & < >} are escaped as in HTML
 */
public record PostRow(Place place, Map<PostField, String> values, boolean escaped) {

    public @Nullable String value(PostField field) {
        return values.get(field);
    }

    /** Collects a row's values; a better-ranked name replaces a worse one. */
    static final class Builder {

        private final Map<PostField, String> values = new EnumMap<>(PostField.class);
        private final Map<PostField, Integer> ranks = new EnumMap<>(PostField.class);

        void add(PostField.Name name, String value) {
            if (!value.isEmpty() && name.rank() <= ranks.getOrDefault(name.field(), Integer.MAX_VALUE)) {
                values.put(name.field(), value);
                ranks.put(name.field(), name.rank());
            }
        }

        PostRow at(Place place) {
            return new PostRow(place, values, Integer.valueOf(0).equals(ranks.get(PostField.TEXT)));
        }
    }
}
