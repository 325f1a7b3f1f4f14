package social.coral.portability;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Reads an untrusted ZIP front to back, within bounds on its unpacked size. Trusts no size that the file states. */
public final class BoundedZip {

    // Text compresses to a tenth, media hardly at all. What expands a hundredfold was made to fill a disk or memory.
    private static final int MAX_EXPANSION = 100;
    private static final long UNFOLDED_FREELY = 64L << 20;

    /** Reads an entry; what it leaves unread is skipped. */
    public interface EntryTaker {
        void take(String name, InputStream content) throws IOException;
    }

    /** Thrown when the ZIP has a refused form, too many entries or too much content. */
    public static final class Refused extends ZipException {

        private Refused(String what) {
            super(what);
        }
    }

    private final long maxUnpacked;
    private final int maxEntries;

    /**
     * @param maxEntries how many files it may hold
     * @param maxUnpacked how many bytes all of them may be
     */
    public BoundedZip(int maxEntries, long maxUnpacked) {
        this.maxEntries = maxEntries;
        this.maxUnpacked = maxUnpacked;
    }

    /** Reads all entries and returns their number; throws an {@link IOException} for a damaged or truncated file. */
    public int each(InputStream in, EntryTaker taker) throws IOException {
        Counted packed = new Counted(in);
        ZipInputStream zip = new ZipInputStream(packed);
        Unfolded unfolded = new Unfolded(zip, packed);
        int entries = 0;
        for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
            if (++entries > maxEntries) {
                throw new Refused("has more than " + maxEntries + " entries");
            }
            taker.take(entry.getName(), unfolded);
            unfolded.transferTo(OutputStream.nullOutputStream());
        }
        return entries;
    }

    private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
        try {
            return zip.getNextEntry();
        } catch (IllegalArgumentException e) {
            throw new ZipException("an entry has no readable name");
        }
    }

    /** Counts the compressed bytes read. */
    private static final class Counted extends FilterInputStream {

        private long read;

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            read += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            read += Math.max(0, count);
            return count;
        }
    }

    /** Reads the current entry, until the whole file has expanded too far. */
    private final class Unfolded extends FilterInputStream {

        private final Counted packed;
        private long read;

        private Unfolded(ZipInputStream zip, Counted packed) {
            super(zip);
            this.packed = packed;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            read += Math.max(0, count);
            if (read > maxUnpacked || read > UNFOLDED_FREELY && read > packed.read * MAX_EXPANSION) {
                throw new Refused("unfolds to far more than its size");
            }
            return count;
        }

        @Override
        public void close() {
            // Later entries are read from the same stream.
        }
    }
}
