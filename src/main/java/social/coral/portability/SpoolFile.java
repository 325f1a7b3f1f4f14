package social.coral.portability;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import social.coral.api.Failure;
import social.coral.installation.UnlinkedFile;

/** A file of the {@link Spool} that vanishes with the process. */
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

    /** Claims room for so many bytes more; throws a {@link Failure} if there is none. */
    void claim(int more) {
        long wanted = length + more;
        if (wanted > longest) {
            throw Failure.diskFull();
        }
        while (claimed < wanted) {
            spool.claim(CLAIM);
            claimed += CLAIM;
        }
    }

    /** Appends; throws a {@link Failure} if there is no room. */
    void append(ByteBuffer bytes) {
        claim(bytes.remaining());
        try {
            while (bytes.hasRemaining()) {
                length += channel.write(bytes, length);
            }
        } catch (IOException e) {
            throw Failure.diskFull();
        }
    }

    /** Empties it, and keeps its room. */
    void clear() {
        length = 0;
    }

    /** Fills the buffer from this position on, as far as the file goes; beyond that the channel still has what was there before it was emptied. */
    int read(ByteBuffer buffer, long position) throws IOException {
        long left = length - position;
        if (left <= 0) {
            return -1;
        }
        buffer.limit((int) Math.min(buffer.limit(), buffer.position() + left));
        return channel.read(buffer, position);
    }

    /** Returns a stream that appends. */
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

    /** Opens it at its beginning. Closing the stream keeps the file. */
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
                int read = SpoolFile.this.read(ByteBuffer.wrap(buffer, offset, count), position);
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
