package social.coral.api;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Detects and removes what is not valid text: the character U+0000, which PostgreSQL refuses, and unpaired surrogates. */
public final class StorableText {

    /** A regular expression for a character that nobody sees, or sees as a space. */
    public static final String INVISIBLE = "[\\p{Cc}\\p{Cf}\\p{Z}\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2800\\u3164\\ufe00-\\ufe0f\\uffa0\\x{e0100}-\\x{e01ef}]";

    private StorableText() {}

    public static boolean isValid(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Truncates the text to a number of code points, and removes what is not valid text. */
    public static String truncate(String text, int max) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), max));
        int count = 0;
        for (int i = 0, point; i < text.length() && count < max; i += Character.charCount(point)) {
            point = text.codePointAt(i);
            if (isKept(point)) {
                kept.appendCodePoint(point);
                count++;
            }
        }
        return kept.toString();
    }

    /** Reports whether nothing, or nothing but white space, is left of the text when what is not valid text is removed. */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(point -> !isKept(point) || Character.isWhitespace(point));
    }

    /** Returns the text, which is not empty, with a capital letter at its beginning. */
    public static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static boolean isKept(int point) {
        return point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    }

    public static @Nullable String truncateNullable(@Nullable String text, int max) {
        return text == null ? null : truncate(text, max);
    }
}
