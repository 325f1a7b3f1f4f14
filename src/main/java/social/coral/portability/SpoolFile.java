package social.coral.portability;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import social.coral.api.Failure;
import social.coral.installation.UnlinkedFile;

/** A file of the {@link Spool}, of which a killed process leaves nothing. */
public final class SpoolFile implements AutoCloseable {

    private static final int CLAIM = 1 << 20;

    private final Spool spool;
    private final FileChannel channel;
    private final long longest;
    private long claimed;
    private volatile long length;

    SpoolFile(Spool spool, Path folder, long longest) throws IOException {
        this.spool = spool;
        this.longest = longest;
        this.channel = UnlinkedFile.in(folder);
    }

    long length() {
        return length;
    }

    /** Adds to its end. Where there is no room for it, a {@link Failure} says so. */
    void append(ByteBuffer bytes) {
        long wanted = length + bytes.remaining();
        if (wanted > longest) {
            throw Failure.diskFull();
        }
        while (claimed < wanted) {
            spool.claim(CLAIM);
            claimed += CLAIM;
        }
        try {
            while (bytes.hasRemaining()) {
                length += channel.write(bytes, length);
            }
        } catch (IOException e) {
            throw Failure.diskFull();
        }
    }

    /** Fills the buffer from this place on, as far as there is anything. */
    int read(ByteBuffer buffer, long position) throws IOException {
        return channel.read(buffer, position);
    }

    /** Writes to its end. */
    public OutputStream writer() {
        return new OutputStream() {

            @Override
            public void write(int value) {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) {
                append(ByteBuffer.wrap(bytes, offset, count));
            }
        };
    }

    /** Reads it from its beginning. Closing the stream leaves the file as it is. */
    public InputStream reader() {
        return new InputStream() {

            private long position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int count) throws IOException {
                int read = channel.read(ByteBuffer.wrap(buffer, offset, count), position);
                position += Math.max(0, read);
                return read;
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
        spool.giveBack(claimed);
        claimed = 0;
    }
}
