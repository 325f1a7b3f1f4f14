package social.coral.edge;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.catalina.connector.ClientAbortException;

/**
 * The way to a reader, who is cut off when taking much more slowly than any line. Only the time in which the reader keeps us
 * waiting counts, not that in which the answer is made.
 */
final class PacedStream extends ResponseStream {

    private static final int LEAST_BYTES_A_SECOND = 16 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** So that the pace is looked at while a long piece is on its way. */
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
        if (waited > PATIENCE.plusSeconds(sent / LEAST_BYTES_A_SECOND).toNanos()) {
            throw new ClientAbortException("an answer was read too slowly");
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
