package social.coral.egress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails at the first byte beyond the limit, and reserves memory for the bytes before it. */
final class BoundedStream extends FilterInputStream {

    /** The response exceeded the limit. */
    static final class TooLarge extends IOException {
        TooLarge() {
            super("body beyond its limit");
        }
    }

    /** More than a reader keeps of a response that it reads while it arrives. */
    private static final int KEPT_IN_PASSING = 1 << 20;

    private final int limit;
    private final int kept;
    private final ResponseMemory.Share room;
    private long read;

    BoundedStream(InputStream source, int limit, ResponseMemory.Share room) {
        this(source, limit, limit, room);
    }

    private BoundedStream(InputStream source, int limit, int kept, ResponseMemory.Share room) {
        super(source);
        this.limit = limit;
        this.kept = kept;
        this.room = room;
    }

    /** One whose bytes are read and dropped as they arrive, so that only so many take memory at a time. */
    static BoundedStream passing(InputStream source, int limit, ResponseMemory.Share room) {
        return new BoundedStream(source, limit, KEPT_IN_PASSING, room);
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
        long before = Math.min(read, kept);
        read += Math.max(bytes, 0);
        if (read > limit) {
            throw new TooLarge();
        }
        room.take((int) (Math.min(read, kept) - before));
        return bytes;
    }
}
