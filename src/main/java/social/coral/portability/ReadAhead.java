package social.coral.portability;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import social.coral.api.Failure;

/** What has arrived of an upload before the import needs it, in a file. */
final class ReadAhead implements AutoCloseable {

    private static final DataSize MAX_SIZE = DataSize.ofMegabytes(16);
    private static final int CHUNK = 1 << 16;

    /** Reports whether there is more to read without waiting. */
    interface Arrival {
        boolean hasMore() throws IOException;
    }

    private final Spool spool;
    private @Nullable SpoolFile file;
    private long position;

    ReadAhead(Spool spool) {
        this.spool = spool;
    }

    /** Reads what has arrived, as far as there is room, and returns how many bytes. */
    int take(InputStream body, Arrival arrival) throws IOException {
        byte[] chunk = new byte[CHUNK];
        int taken = 0;
        SpoolFile target = withRoom();
        while (target != null && arrival.hasMore()) {
            int count = body.read(chunk);
            if (count < 0) {
                return taken;
            }
            target.append(ByteBuffer.wrap(chunk, 0, count));
            taken += count;
            target = withRoom();
        }
        return taken;
    }

    /** Returns null where there is no room, because an import can do without. */
    private @Nullable SpoolFile withRoom() {
        try {
            SpoolFile known = file == null ? spool.open(MAX_SIZE) : file;
            file = known;
            known.claim(CHUNK);
            return known;
        } catch (Failure noRoom) {
            return null;
        }
    }

    /** Reads what was taken, in order; 0 if there is nothing left of it. */
    int read(byte[] buffer, int offset, int length) throws IOException {
        if (file == null || file.length() == 0) {
            return 0;
        }
        int count = file.read(ByteBuffer.wrap(buffer, offset, length), position);
        position += count;
        if (position == file.length()) {
            file.clear();
            position = 0;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
