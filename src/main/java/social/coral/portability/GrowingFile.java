package social.coral.portability;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is written at one pace and read at another, from its beginning while it still grows. It has no name once it is
 * open, so that nothing of it is left when the process is killed.
 */
final class GrowingFile implements AutoCloseable {

    private static final int CHUNK = 1 << 16;

    private final FileChannel channel;
    private long length;
    private boolean whole;
    private boolean abandoned;

    GrowingFile() throws IOException {
        Path path = Files.createTempFile("coral-export", ".zip");
        channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
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
        while (bytes.hasRemaining()) {
            length += channel.write(bytes, length);
        }
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
                channel.read(chunk.clear(), sent);
                out.write(chunk.flip().array(), 0, chunk.limit());
            }
        }
    }

    private synchronized boolean awaitBeyond(long sent) throws InterruptedException {
        while (length <= sent && !whole && !abandoned) {
            wait();
        }
        return length > sent && !abandoned;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
