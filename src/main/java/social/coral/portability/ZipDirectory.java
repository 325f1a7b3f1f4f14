package social.coral.portability;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The directory at the end of a ZIP (APPNOTE 4.3.12), held against the entries that were read before it. A damaged ZIP can look
 * complete to whoever reads it front to back; only its directory shows that an entry is missing.
 */
final class ZipDirectory {

    private static final int ENTRY = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int REST_OF_ENTRY = 42;

    private long[] read = new long[64];
    private int count;
    private int listed;
    private @Nullable String missing;

    /** Remembers an entry that was read. */
    void add(String name) {
        if (count == read.length) {
            read = Arrays.copyOf(read, count * 2);
        }
        read[count++] = hash(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the directory and compares.
     *
     * @param in from somewhere before the directory to the end of the file
     * @throws BoundedZip.Incomplete if it is missing, or names other entries than were read
     */
    void compare(InputStream in) throws IOException {
        Arrays.sort(read, 0, count);
        boolean found = false;
        for (int mark = findMark(in); mark != 0; mark = findMark(in)) {
            found = true;
            if (mark == ENTRY && !readEntry(in) || mark != ENTRY) {
                break;
            }
        }
        if (!found) {
            throw new BoundedZip.Incomplete("it ends before its directory, so later files may be missing.");
        }
        if (missing != null) {
            throw new BoundedZip.Incomplete("its directory names " + missing + ", which could not be found. It lists " + files(listed) + ", and " + count + " could be read.");
        }
        if (listed != count) {
            throw new BoundedZip.Incomplete("its directory lists " + files(listed) + ", and " + count + " could be read.");
        }
    }

    private static String files(int number) {
        return number == 1 ? "1 file" : number + " files";
    }

    private static int findMark(InputStream in) throws IOException {
        int last = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            last = last >>> 8 | c << 24;
            if (last == ENTRY || last == END || last == END_64) {
                return last;
            }
        }
        return 0;
    }

    /** Returns false when the file ends inside the entry. */
    private boolean readEntry(InputStream in) throws IOException {
        try {
            byte[] head = exactly(in, REST_OF_ENTRY);
            byte[] name = exactly(in, number(head, 24));
            in.skipNBytes(number(head, 26) + number(head, 28));
            listed++;
            if (missing == null && Arrays.binarySearch(read, 0, count, hash(name)) < 0) {
                missing = new String(name, 0, Math.min(name.length, 300), StandardCharsets.UTF_8);
            }
            return true;
        } catch (EOFException e) {
            throw new BoundedZip.Incomplete("it ends inside its directory, so files may be missing.");
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static int number(byte[] bytes, int offset) {
        return bytes[offset] & 0xFF | (bytes[offset + 1] & 0xFF) << 8;
    }

    /** FNV-1a with 64 bits, by which half a million names fit into a few megabytes. */
    private static long hash(byte[] name) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : name) {
            hash = (hash ^ each & 0xFF) * 0x100000001b3L;
        }
        return hash;
    }
}
