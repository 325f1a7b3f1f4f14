package social.coral.api;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Input can carry what is no text: the character U+0000, which PostgreSQL refuses, and halves of characters. */
public final class StorableText {

    private StorableText() {}

    public static boolean is(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** The beginning of foreign words, so many characters at most, none of them halved, without what is no text. */
    public static String cut(String words, int most) {
        StringBuilder kept = new StringBuilder(Math.min(words.length(), most));
        words.codePoints()
                .filter(point -> point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE))
                .limit(most)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** As {@link #cut}, of words that may be missing. */
    public static @Nullable String cutOptional(@Nullable String words, int most) {
        return words == null ? null : cut(words, most);
    }
}
