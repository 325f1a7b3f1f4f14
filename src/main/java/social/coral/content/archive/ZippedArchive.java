package social.coral.content.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import social.coral.api.Failure;

/** X's whole archive as it is downloaded: gigabytes of media, out of which the posts and the owner's name are taken. */
final class ZippedArchive {

    private static final Pattern POSTS = Pattern.compile("(?:[^/]+/)?(?:data/)?tweets?(?:-part[0-9]+)?\\.js");
    private static final Pattern ACCOUNT = Pattern.compile("(?:[^/]+/)?(?:data/)?account\\.js");

    private static final int MOST_ENTRIES = 500_000;
    // Text packs to a tenth, media hardly at all. What unfolds a hundredfold was made to fill a disk or a memory.
    private static final int MOST_UNFOLDED = 100;
    private static final long UNFOLDED_FREELY = 64L << 20;

    private ZippedArchive() {}

    static void read(InputStream in, PostSink sink) throws BrokenFile {
        Counted packed = new Counted(in);
        ZipInputStream zip = new ZipInputStream(packed);
        Unfolded unfolded = new Unfolded(zip, packed);
        boolean found = false;
        int entries = 0;
        String name = "";
        try {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                name = entry.getName();
                if (++entries > MOST_ENTRIES) {
                    throw new BrokenFile(new Place(null, entries), "the ZIP has more than " + MOST_ENTRIES + " entries");
                }
                boolean posts = POSTS.matcher(name).matches();
                if (posts || ACCOUNT.matcher(name).matches()) {
                    TextFile.read(unfolded, name, sink);
                    found |= posts;
                }
                unfolded.skipRest();
            }
        } catch (IOException e) {
            throw BrokenFile.at(new Place(name, 1), e);
        }
        if (!found) {
            throw Failure.invalid("file", "holds no data/tweets.js; send the archive as X gives it, or tweets.js alone");
        }
    }

    /** Counts what is read of the packed file. */
    private static final class Counted extends FilterInputStream {

        private long read;

        Counted(InputStream in) {
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

    /** The present entry, until it unfolds to far more than it was packed in. */
    private static final class Unfolded extends FilterInputStream {

        private final Counted packed;
        private long read;

        Unfolded(ZipInputStream zip, Counted packed) {
            super(zip);
            this.packed = packed;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            read += Math.max(0, count);
            if (read > UNFOLDED_FREELY && read > packed.read * MOST_UNFOLDED) {
                throw new ZipException("unfolds to more than " + MOST_UNFOLDED + " times its size");
            }
            return count;
        }

        void skipRest() throws IOException {
            byte[] buffer = new byte[1 << 14];
            int count;
            do {
                count = read(buffer, 0, buffer.length);
            } while (count >= 0);
        }

        @Override
        public void close() {
            // The entries that follow are read from the same stream.
        }
    }
}
