package social.coral.portability;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Reads an untrusted ZIP front to back, within bounds on its unpacked size. Trusts no size that the file states, and holds its directory against what was read. */
public final class BoundedZip {

    // Text compresses to a tenth, media hardly at all. What expands a hundredfold was made to fill a disk or memory.
    private static final int MAX_EXPANSION = 100;
    private static final long UNFOLDED_FREELY = 64L << 20;
    private static final int LOCAL_HEADER = 30;

    /** Reads an entry; what it leaves unread is skipped. */
    public interface EntryTaker {
        void take(String name, InputStream content) throws IOException;
    }

    /** Thrown when the ZIP has a refused form, too many entries or too much content; the message is a predicate. */
    public static final class Refused extends ZipException {

        private Refused(String what) {
            super(what);
        }
    }

    /** Thrown after the last entry that could be read, when the ZIP's own directory names others; the message is a clause. */
    public static final class Incomplete extends ZipException {

        Incomplete(String what) {
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
        Entries zip = new Entries(packed);
        Unfolded unfolded = new Unfolded(zip, packed);
        ZipDirectory directory = new ZipDirectory();
        int entries = 0;
        for (ZipEntry entry = next(zip, packed); entry != null; entry = next(zip, packed)) {
            if (++entries > maxEntries) {
                throw new Refused("has more than " + maxEntries + " entries");
            }
            refuseOtherPacking(entry.getMethod());
            taker.take(entry.getName(), unfolded);
            unfolded.transferTo(OutputStream.nullOutputStream());
            directory.add(entry.getName());
        }
        if (entries > 0) {
            directory.compare(new BufferedInputStream(packed.again(zip.readAhead() + LOCAL_HEADER)));
        }
        return entries;
    }

    private static void refuseOtherPacking(int method) throws Refused {
        String packing = switch (method) {
            case ZipEntry.STORED, ZipEntry.DEFLATED -> "";
            case 9 -> "Deflate64";
            case 12 -> "bzip2";
            case 14 -> "LZMA";
            case 93 -> "Zstandard";
            case 95 -> "XZ";
            case 98 -> "PPMd";
            case 99 -> "AES encryption";
            default -> "method " + method;
        };
        if (!packing.isEmpty()) {
            throw new Refused("is packed with " + packing + ", which cannot be read");
        }
    }

    private static @Nullable ZipEntry next(ZipInputStream zip, Counted packed) throws IOException {
        try {
            return zip.getNextEntry();
        } catch (IllegalArgumentException e) {
            throw new ZipException("an entry has no readable name");
        } catch (ZipException e) {
            // The class library has no exceptions of their own for these.
            if (String.valueOf(e.getMessage()).contains("encrypted")) {
                throw new Refused("is protected with a password");
            }
            refuseOtherPacking(packed.lastMethod());
            if (String.valueOf(e.getMessage()).contains("EXT descriptor")) {
                throw new Refused("holds files without their sizes, which cannot be read as they arrive");
            }
            throw e;
        }
    }

    /** The entries in their order. At their end it has read a local header, and some more bytes, of what follows. */
    private static final class Entries extends ZipInputStream {

        private Entries(InputStream in) {
            super(in);
        }

        private int readAhead() throws IOException {
            return in.available();
        }
    }

    /** Counts the compressed bytes read, and keeps the last of them, which the reader of the entries may have read ahead. */
    private static final class Counted extends FilterInputStream {

        private static final int KEPT = 1024;

        private final byte[] last = new byte[KEPT];
        private long read;

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            for (int i = Math.max(0, count - KEPT); i < count; i++) {
                last[(int) ((read + i) % KEPT)] = buffer[offset + i];
            }
            read += Math.max(0, count);
            return count;
        }

        /** Returns how the entry is packed whose local header was read last; 0 if none was. */
        private int lastMethod() {
            int kept = (int) Math.min(read, KEPT);
            for (int back = LOCAL_HEADER; back <= kept; back++) {
                if (last(back) == 'P' && last(back - 1) == 'K' && last(back - 2) == 3 && last(back - 3) == 4) {
                    return last(back - 8) | last(back - 9) << 8;
                }
            }
            return 0;
        }

        /** Returns the byte this many bytes before the end of what was read. */
        private int last(int back) {
            return last[(int) ((read - back) % KEPT)] & 0xFF;
        }

        /** Nothing, so that the reader of the entries shows how much it has read ahead itself. */
        @Override
        public int available() {
            return 0;
        }

        /** Returns so many of the last bytes once more, and then what was not read yet. */
        private InputStream again(int most) {
            int kept = (int) Math.min(read, Math.min(most, KEPT));
            byte[] bytes = new byte[kept];
            for (int i = 0; i < kept; i++) {
                bytes[i] = last[(int) ((read - kept + i) % KEPT)];
            }
            return new SequenceInputStream(new ByteArrayInputStream(bytes), in);
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
