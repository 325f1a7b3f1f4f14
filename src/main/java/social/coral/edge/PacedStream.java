package social.coral.edge;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.catalina.connector.ClientAbortException;

/**
 * Writes to the client, who is cut off when it reads much more slowly than any line. Only the time in which the client blocks us counts,
 * not that in which the response is made.
 */
final class PacedStream extends ResponseStream {

    private static final int MIN_BYTES_PER_SECOND = 16 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Small enough to check the pace while a long write is under way. */
    private static final int PIECE = 32 << 10;

    private final OutputStream reader;
    private final LongSupplier nanoTime;
    private long sent;
    private long waited;

    PacedStream(OutputStream reader) {
        this(reader, System::nanoTime);
    }

    PacedStream(OutputStream reader, LongSupplier nanoTime) {
        this.reader = reader;
        this.nanoTime = nanoTime;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        for (int done = 0; done < count; done += PIECE) {
            int piece = Math.min(PIECE, count - done);
            long begun = nanoTime.getAsLong();
            reader.write(bytes, offset + done, piece);
            took(begun, piece);
        }
    }

    @Override
    public void flush() throws IOException {
        long begun = nanoTime.getAsLong();
        reader.flush();
        took(begun, 0);
    }

    private void took(long begun, int count) throws IOException {
        sent += count;
        waited += nanoTime.getAsLong() - begun;
        if (waited > PATIENCE.plusSeconds(sent / MIN_BYTES_PER_SECOND).toNanos()) {
            throw new ClientAbortException("the response was read too slowly");
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
