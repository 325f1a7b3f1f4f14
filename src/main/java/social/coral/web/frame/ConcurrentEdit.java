package social.coral.web.frame;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody else, or the same person in another window, has saved since a form was shown.
 *
 * @param stored what stands there now and differs from what was typed
 * @param back where it is shown without what was typed
 */
public record ConcurrentEdit(List<Stored> stored, String back) {

    /** The name of the field in which a form says which state of its object it was shown with. */
    public static final String SEEN = "seen";

    /** One value. */
    public record Stored(String label, String value) {

        /** The value under its label, or an empty one where nothing stands. */
        public static Stored of(String label, @Nullable String value) {
            return new Stored(label, value == null ? "" : value);
        }
    }

    /** Those of the values that are not what was typed, in the same order. */
    public static ConcurrentEdit of(List<Stored> stored, List<String> typed, String back) {
        return new ConcurrentEdit(
                IntStream.range(0, stored.size())
                        .filter(i -> !Objects.equals(stored.get(i).value(), typed.get(i)))
                        .mapToObj(stored::get)
                        .toList(),
                back);
    }

    /** The state that a form was shown with; null for a form that says none, and never the present one for a wrong word. */
    public static @Nullable Instant seen(String typed) {
        try {
            return typed.isBlank() ? null : Instant.parse(typed);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
