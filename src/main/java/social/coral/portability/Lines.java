package social.coral.portability;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a file, none of which is held beyond a bound. */
final class Lines {

    static final int LONGEST = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int end;
    private long number;
    private boolean tooLong;

    Lines(InputStream in) {
        this.in = in;
    }

    /** The next line without its end, null after the last. One that is too long is passed over and told as empty. */
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
            tooLong |= line.size() + position - start > LONGEST;
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

    /** Whether the last one was longer than {@link #LONGEST} bytes. */
    boolean tooLong() {
        return tooLong;
    }

    /** Which line the last one was, counted from 1. */
    long number() {
        return number;
    }
}
