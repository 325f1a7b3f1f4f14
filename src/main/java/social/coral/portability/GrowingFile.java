package social.coral.portability;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A file that is written at one pace and read at another, from its beginning while it still grows. */
final class GrowingFile implements AutoCloseable {

    private static final int CHUNK = 1 << 16;

    private final SpoolFile file;
    private boolean whole;
    private boolean abandoned;

    GrowingFile(SpoolFile file) {
        this.file = file;
    }

    /** Where to write. Closing it makes the file whole; writing fails once nobody reads any more. */
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

    /** Nobody is to wait for more, or to write more. */
    synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    /** Where a copy goes; asked for when there is something to copy. */
    interface Destination {
        OutputStream open() throws IOException;
    }

    /** Copies the file as far as it is written and what is written from then on, until it is whole or abandoned. */
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
