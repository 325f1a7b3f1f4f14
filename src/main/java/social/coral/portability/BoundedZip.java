package social.coral.portability;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Goes through a ZIP that anybody may have made, front to back, within bounds on what it unfolds to. Believes no size that it tells. */
public final class BoundedZip {

    // Text packs to a tenth, media hardly at all. What unfolds a hundredfold was made to fill a disk or a memory.
    private static final int MOST_UNFOLDED = 100;
    private static final long UNFOLDED_FREELY = 64L << 20;

    /** Takes an entry; what it does not read is passed over. */
    public interface EntryTaker {
        void take(String name, InputStream content) throws IOException;
    }

    /** It has a form, or so many entries, or unfolds to so much, that it is not read any further. */
    public static final class Refused extends ZipException {

        private Refused(String what) {
            super(what);
        }
    }

    private final long mostUnfolded;
    private final int mostEntries;

    /**
     * @param mostEntries how many files it may hold
     * @param mostUnfolded how many bytes all of them may be
     */
    public BoundedZip(int mostEntries, long mostUnfolded) {
        this.mostEntries = mostEntries;
        this.mostUnfolded = mostUnfolded;
    }

    /** Tells how many entries there were. What is damaged or cut off ends it with an {@link IOException}. */
    public int each(InputStream in, EntryTaker taker) throws IOException {
        Counted packed = new Counted(in);
        ZipInputStream zip = new ZipInputStream(packed);
        Unfolded unfolded = new Unfolded(zip, packed);
        int entries = 0;
        for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
            if (++entries > mostEntries) {
                throw new Refused("has more than " + mostEntries + " entries");
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

    /** Counts what is read of the packed file. */
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

    /** The present entry, until all of them unfold to far more than they were packed in. */
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
            if (read > mostUnfolded || read > UNFOLDED_FREELY && read > packed.read * MOST_UNFOLDED) {
                throw new Refused("unfolds to far more than its size");
            }
            return count;
        }

        @Override
        public void close() {
            // The entries that follow are read from the same stream.
        }
    }
}
