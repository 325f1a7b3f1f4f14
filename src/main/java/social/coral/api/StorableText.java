package social.coral.api;

import java.nio.charset.StandardCharsets;

/** Input can carry what is no text: the character U+0000, which PostgreSQL refuses, and halves of characters. */
public final class StorableText {

    private StorableText() {}

    public static boolean is(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
