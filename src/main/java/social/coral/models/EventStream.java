package social.coral.models;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of server-sent events, of which only the data counts: the providers name the kind of an event in it as well. An event
 * that the end of the stream cuts off is none.
 */
final class EventStream {

    static final int MAX_EVENT_BYTES = 1 << 20;

    private static final byte[] DATA = "data:".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

    private final InputStream in;
    private boolean begun;
    private boolean afterReturn;

    EventStream(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** Returns the data of the next event; null at the end. An event that is too long or not UTF-8 is {@link NoAnswer}. */
    @Nullable String next() throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        boolean hasData = false;
        for (byte[] line = line(); line != null; line = line()) {
            if (line.length == 0 && hasData) {
                return decoded(data.toByteArray());
            }
            if (line.length >= DATA.length && Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length)) {
                if (hasData) {
                    data.write('\n');
                }
                int start = line.length > DATA.length && line[DATA.length] == ' ' ? DATA.length + 1 : DATA.length;
                data.write(line, start, line.length - start);
                hasData = true;
                requireFits(data.size());
            }
        }
        return null;
    }

    /** Returns a line without its end, which is a line feed, a carriage return or both; null at the end of the stream. */
    private byte @Nullable [] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int next = in.read(); next >= 0; next = in.read()) {
            boolean endsBefore = afterReturn && next == '\n' && line.size() == 0;
            afterReturn = next == '\r';
            if (endsBefore) {
                continue;
            }
            if (next == '\n' || next == '\r') {
                return unmarked(line.toByteArray());
            }
            line.write(next);
            requireFits(line.size());
        }
        return null;
    }

    private byte[] unmarked(byte[] line) {
        boolean isMarked = !begun && line.length >= MARK.length && Arrays.equals(line, 0, MARK.length, MARK, 0, MARK.length);
        begun = true;
        return isMarked ? Arrays.copyOfRange(line, MARK.length, line.length) : line;
    }

    private static void requireFits(int bytes) {
        if (bytes > MAX_EVENT_BYTES) {
            throw new NoAnswer();
        }
    }

    private static String decoded(byte[] data) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
        } catch (CharacterCodingException e) {
            throw new NoAnswer();
        }
    }
}
