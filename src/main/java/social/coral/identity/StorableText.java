package social.coral.identity;

import java.nio.charset.StandardCharsets;

/** JSON can carry what is no text: the character U+0000, which PostgreSQL refuses, and halves of characters. */
final class StorableText {

    private StorableText() {}

    static boolean is(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
