package social.coral.portability;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a file, each up to a maximum length. */
final class Lines {

    static final int MAX_LENGTH = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int end;
    private long number;
    private boolean tooLong;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Returns the next line without its terminator, null after the last. A line that is too long is skipped and returned empty. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        number++;
        tooLong = false;
        boolean begun = false;
        while (true) {
            if (position == end) {
                end = Math.max(0, in.read(buffer, 0, buffer.length));
                position = 0;
                if (end == 0) {
                    return begun ? line.toByteArray() : null;
                }
            }
            begun = true;
            int start = position;
            while (position < end && buffer[position] != '\n') {
                position++;
            }
            tooLong |= line.size() + position - start > MAX_LENGTH;
            if (tooLong) {
                line.reset();
            } else {
                line.write(buffer, start, position - start);
            }
            if (position < end) {
                position++;
                return line.toByteArray();
            }
        }
    }

    /** Reports whether the last line was longer than {@link #MAX_LENGTH} bytes. */
    boolean tooLong() {
        return tooLong;
    }

    /** Returns the number of the last line, from 1. */
    long number() {
        return number;
    }
}
