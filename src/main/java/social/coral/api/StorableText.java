package social.coral.api;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Detects and removes what is not valid text: the character U+0000, which PostgreSQL refuses, and unpaired surrogates. */
public final class StorableText {

    private StorableText() {}

    public static boolean isValid(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Truncates the text to a number of code points, and removes what is not valid text. */
    public static String truncate(String text, int max) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), max));
        text.codePoints()
                .filter(point -> point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE))
                .limit(max)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    public static @Nullable String truncateNullable(@Nullable String text, int max) {
        return text == null ? null : truncate(text, max);
    }
}
