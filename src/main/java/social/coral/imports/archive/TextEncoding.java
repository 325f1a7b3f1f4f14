package social.coral.imports.archive;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The character set of a file, as its first bytes show it: a byte order mark, the zeros of UTF-16, or bytes that UTF-8 does not have. */
enum TextEncoding {
    UTF_8(StandardCharsets.UTF_8),
    UTF_16LE(StandardCharsets.UTF_16LE),
    UTF_16BE(StandardCharsets.UTF_16BE),
    WINDOWS_1252(Charset.forName("windows-1252"));

    private final Charset charset;

    TextEncoding(Charset charset) {
        this.charset = charset;
    }

    static TextEncoding of(byte[] head) {
        if (starts(head, 0xFF, 0xFE) || zeros(head, 1) > zeros(head, 0) * 8 + 3) {
            return UTF_16LE;
        }
        if (starts(head, 0xFE, 0xFF) || zeros(head, 0) > zeros(head, 1) * 8 + 3) {
            return UTF_16BE;
        }
        return hasHighBytesButNoUtf8(head) ? WINDOWS_1252 : UTF_8;
    }

    private static boolean starts(byte[] head, int first, int second) {
        return head.length > 1 && (head[0] & 0xFF) == first && (head[1] & 0xFF) == second;
    }

    private static int zeros(byte[] head, int from) {
        int zeros = 0;
        for (int i = from; i < head.length; i += 2) {
            zeros += head[i] == 0 ? 1 : 0;
        }
        return zeros;
    }

    /** One valid sequence of two bytes or more shows that the file is UTF-8, of which a few bytes are broken. */
    private static boolean hasHighBytesButNoUtf8(byte[] head) {
        boolean high = false;
        ByteBuffer bytes = ByteBuffer.wrap(head);
        var decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(head.length);
        while (bytes.hasRemaining()) {
            int before = bytes.position();
            CoderResult result = decoder.decode(bytes, text, false);
            for (int i = before; i < bytes.position(); i++) {
                if (head[i] < 0) {
                    return false;
                }
            }
            if (!result.isError()) {
                break;
            }
            high = true;
            bytes.position(bytes.position() + result.length());
            decoder.reset();
        }
        return high;
    }

    /** Reads the text; each byte that is no character becomes {@link PostRow#UNREADABLE}, so that only its row is rejected. */
    Reader reader(InputStream in) {
        return new InputStreamReader(in, charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(String.valueOf(PostRow.UNREADABLE)));
    }

    /** Reports whether a text that was read as windows-1252 is rather one in another script, whose letters have the same bytes. */
    static boolean isMostlyAccents(String text) {
        long letters = text.chars().filter(Character::isLetter).count();
        return text.chars().filter(c -> c >= 0xC0).count() * 4 > letters;
    }
}
