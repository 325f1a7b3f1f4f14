package social.coral.imports.archive;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The character set of a file, as a byte order mark or the zeros between its characters show it. */
enum TextEncoding {
    UTF_8(StandardCharsets.UTF_8),
    UTF_16LE(StandardCharsets.UTF_16LE),
    UTF_16BE(StandardCharsets.UTF_16BE),
    UTF_32LE(StandardCharsets.UTF_32LE),
    UTF_32BE(StandardCharsets.UTF_32BE),
    WINDOWS_1252(Charset.forName("windows-1252"));

    private final Charset charset;

    TextEncoding(Charset charset) {
        this.charset = charset;
    }

    Charset charset() {
        return charset;
    }

    /** Returns UTF-8 for a text that no mark or zero shows to be another. */
    static TextEncoding of(byte[] head) {
        int[] zeros = new int[4];
        for (int i = 0; i < head.length; i++) {
            zeros[i % 4] += head[i] == 0 ? 1 : 0;
        }
        // No character of UTF-32 needs the highest of its four bytes, and few the next one.
        int characters = head.length / 4;
        if (characters > 1 && zeros[3] == characters && zeros[2] * 2 > characters && zeros[0] * 8 < characters) {
            return UTF_32LE;
        }
        if (characters > 1 && zeros[0] == characters && zeros[1] * 2 > characters && zeros[3] * 8 < characters) {
            return UTF_32BE;
        }
        // In UTF-16, digits and delimiters have a zero in any language. A text in UTF-8 may have some zeros of its own.
        int some = 3 + head.length / 20;
        int odd = zeros[1] + zeros[3];
        int even = zeros[0] + zeros[2];
        if (starts(head, 0xFF, 0xFE) || odd > even * 8 + some) {
            return UTF_16LE;
        }
        return starts(head, 0xFE, 0xFF) || even > odd * 8 + some ? UTF_16BE : UTF_8;
    }

    private static boolean starts(byte[] head, int first, int second) {
        return head.length > 1 && (head[0] & 0xFF) == first && (head[1] & 0xFF) == second;
    }

    /** Reports whether more of the bytes beyond ASCII break UTF-8 than keep to it: a few broken ones cost their rows only. */
    static boolean hasHighBytesButNoUtf8(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        int broken = 0;
        for (CoderResult result = decoder.decode(in, text, false); result.isError(); result = decoder.decode(in, text, false)) {
            broken++;
            in.position(in.position() + result.length());
            decoder.reset();
        }
        return broken > text.flip().chars().filter(c -> c > 0x7F).count();
    }

    /** Reads the text; each byte that is no character becomes {@link PostRow#UNREADABLE}, so that only its row is rejected. */
    Reader reader(InputStream in) {
        return new InputStreamReader(in, charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(String.valueOf(PostRow.UNREADABLE)));
    }
}
