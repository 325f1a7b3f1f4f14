package social.coral.content;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/** What comes first in a list of collected posts. */
public enum PostOrder {
    NEWEST,
    /** Those with the most likes, reposts and replies. */
    ENGAGEMENT;

    /** Reads the parameter of a request; the newest first without one. */
    public static PostOrder of(@Nullable String name) {
        return name == null || name.isBlank() ? NEWEST : Arrays.stream(values())
                .filter(order -> order.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.invalid("sort", "This must be one of "
                        + Arrays.stream(values()).map(PostOrder::toString).collect(Collectors.joining(", ")) + "."));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
