package social.coral.content;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.api.Choice;

/** What comes first in a list of collected posts. */
public enum PostOrder {
    NEWEST,
    /** Those with the most likes, reposts and replies. */
    ENGAGEMENT;

    /** Reads the parameter of a request; the newest first without one. */
    public static PostOrder of(@Nullable String name) {
        return name == null || name.isBlank() ? NEWEST : Choice.of("sort", "order", name, List.of(values()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
