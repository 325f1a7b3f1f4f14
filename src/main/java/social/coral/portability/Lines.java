package social.coral.portability;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a file, none of which may be longer than a bound. */
final class Lines {

    static final int LONGEST = 2 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int end;
    private long number;

    Lines(InputStream in) {
        this.in = in;
    }

    /** The next line without its end; null after the last. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        number++;
        while (true) {
            if (position == end) {
                end = Math.max(0, in.read(buffer, 0, buffer.length));
                position = 0;
                if (end == 0) {
                    return line.size() == 0 ? null : line.toByteArray();
                }
            }
            int start = position;
            while (position < end && buffer[position] != '\n') {
                position++;
            }
            line.write(buffer, start, position - start);
            if (line.size() > LONGEST) {
                throw ArchiveReader.refused("has a line of more than 2 MB, line " + number);
            }
            if (position < end) {
                position++;
                return line.toByteArray();
            }
        }
    }

    /** Which line the last one was, counted from 1. */
    long number() {
        return number;
    }
}
