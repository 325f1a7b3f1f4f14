package social.coral.egress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails at the first byte beyond the limit, and reserves memory for each byte before it. */
final class BoundedStream extends FilterInputStream {

    /** The response exceeded the limit. */
    static final class TooLarge extends IOException {
        TooLarge() {
            super("body beyond its limit");
        }
    }

    private final int limit;
    private final ResponseMemory.Share room;
    private long read;

    BoundedStream(InputStream source, int limit, ResponseMemory.Share room) {
        super(source);
        this.limit = limit;
        this.room = room;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        counted(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return counted(super.read(buffer, offset, length));
    }

    private int counted(int bytes) throws IOException {
        read += Math.max(bytes, 0);
        if (read > limit) {
            throw new TooLarge();
        }
        room.take(Math.max(bytes, 0));
        return bytes;
    }
}
