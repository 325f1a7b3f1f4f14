package social.coral.web.frame;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What was saved in another window since a form was shown.
 *
 * @param stored the saved values that differ from what was typed
 * @param back the page that shows them without what was typed
 */
public record ConcurrentEdit(List<Stored> stored, String back) {

    /** The field of a form that holds the version of the object it was filled in for. */
    public static final String SEEN = "seen";

    /** One value. */
    public record Stored(String label, String value) {

        /** The value under its label; empty for null. */
        public static Stored of(String label, @Nullable String value) {
            return new Stored(label, value == null ? "" : value);
        }
    }

    /** Keeps the values that are not what was typed. */
    public static ConcurrentEdit of(List<Stored> stored, List<String> typed, String back) {
        return new ConcurrentEdit(
                IntStream.range(0, stored.size())
                        .filter(i -> !Objects.equals(stored.get(i).value(), typed.get(i)))
                        .mapToObj(stored::get)
                        .toList(),
                back);
    }

    /** The version that a form was shown with; null for a form without one, and never the present one for a malformed text. */
    public static @Nullable Instant seen(String typed) {
        try {
            return typed.isBlank() ? null : Instant.parse(typed);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
