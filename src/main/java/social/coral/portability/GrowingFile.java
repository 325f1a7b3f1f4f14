package social.coral.portability;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A file that is read while it is still being written. */
final class GrowingFile implements AutoCloseable {

    private static final int CHUNK = 1 << 16;

    private final SpoolFile file;
    private boolean whole;
    private boolean abandoned;

    GrowingFile(SpoolFile file) {
        this.file = file;
    }

    /** Returns the stream to write to. Closing it completes the file; writing fails once the reader is gone. */
    OutputStream writer() {
        return new OutputStream() {

            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                append(ByteBuffer.wrap(bytes, offset, count));
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    private synchronized void append(ByteBuffer bytes) throws IOException {
        if (abandoned) {
            throw new IOException("nobody reads this file any more");
        }
        file.append(bytes);
        notifyAll();
    }

    private synchronized void end() {
        whole = true;
        notifyAll();
    }

    /** Ends reading and writing. */
    synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    /** Supplies the target of a copy when there is something to copy. */
    interface Destination {
        OutputStream open() throws IOException;
    }

    /** Copies the file as it grows, until it is complete or abandoned. */
    void copyTo(Destination destination) throws IOException, InterruptedException {
        if (awaitBeyond(0)) {
            OutputStream out = destination.open();
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            for (long sent = 0; awaitBeyond(sent); sent += chunk.limit()) {
                file.read(chunk.clear(), sent);
                out.write(chunk.flip().array(), 0, chunk.limit());
            }
        }
    }

    private synchronized boolean awaitBeyond(long sent) throws InterruptedException {
        while (file.length() <= sent && !whole && !abandoned) {
            wait();
        }
        return file.length() > sent && !abandoned;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
