package social.coral.portability;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import social.coral.api.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads an archive that anybody may have made: nothing of it is believed before all of it was looked at, nor held in memory. */
final class ArchiveReader {

    private static final Pattern KNOWN = Pattern.compile("README\\.txt|account\\.json|manifest\\.json|tables/[a-z0-9_]{1,63}\\.ndjson");
    private static final int MOST_ENTRIES = 500;
    private static final int LONGEST_MANIFEST = 1 << 20;
    // JSON lines pack to a tenth or so. What unfolds a hundredfold was made to fill a disk or a memory.
    private static final int MOST_UNFOLDED = 100;
    private static final long UNFOLDED_FREELY = 64L << 20;

    private record Seen(long bytes, String sha256) {}

    private final UploadedFile file;
    private final long mostUnpacked;
    private final JsonMapper json;

    ArchiveReader(UploadedFile file, DataSize mostUnpacked, JsonMapper json) {
        this.file = file;
        this.mostUnpacked = mostUnpacked.toBytes();
        this.json = json;
    }

    /** Takes an entry of the archive; what it does not read is passed over. */
    interface EntryTaker {
        void take(String name, InputStream content) throws IOException;
    }

    /** Reads the whole archive and compares every file with what the manifest says of it. */
    Manifest manifest() throws IOException {
        Map<String, Seen> seen = new HashMap<>();
        byte[][] manifest = {null};
        each((name, content) -> {
            if (name.equals(Manifest.NAME)) {
                manifest[0] = content.readNBytes(LONGEST_MANIFEST + 1);
            } else if (seen.put(name, digested(content)) != null) {
                throw refused("holds " + name + " twice");
            }
        });
        Manifest told = parsed(manifest[0]);
        for (Manifest.File each : told.files()) {
            Seen found = seen.remove(each.name());
            if (found == null || found.bytes() != each.bytes() || !found.sha256().equals(each.sha256())) {
                throw refused(found == null ? "lacks " + each.name() : "was damaged or changed: " + each.name() + " is not what the manifest says");
            }
        }
        if (!seen.isEmpty()) {
            throw refused("holds " + seen.keySet().iterator().next() + ", of which its manifest says nothing");
        }
        return told;
    }

    private Manifest parsed(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length > LONGEST_MANIFEST) {
            throw refused(bytes == null ? "has no manifest.json: it is no export of Coral Social, or was cut off" : "has a manifest.json of more than 1 MB");
        }
        try {
            Manifest manifest = json.readValue(bytes, Manifest.class);
            if (!Manifest.FORMAT.equals(manifest.format()) || manifest.version() < 1 || !manifest.isWhole()) {
                throw refused("is no export of Coral Social");
            }
            if (manifest.version() > Manifest.VERSION) {
                throw refused("has format version " + manifest.version() + ", and this installation reads up to " + Manifest.VERSION);
            }
            return manifest;
        } catch (JacksonException e) {
            throw refused("has a manifest.json that cannot be read");
        }
    }

    /** Goes through all entries, within the bounds that an archive has. */
    void each(EntryTaker taker) throws IOException {
        Counted packed = new Counted(new BufferedInputStream(file.read(), 1 << 16));
        ZipInputStream zip = new ZipInputStream(packed);
        Unfolded unfolded = new Unfolded(zip, packed);
        int entries = 0;
        try {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MOST_ENTRIES) {
                    throw refused("has more than " + MOST_ENTRIES + " entries");
                }
                if (!KNOWN.matcher(entry.getName()).matches()) {
                    throw refused("holds a file that no export has, as its entry " + entries);
                }
                taker.take(entry.getName(), unfolded);
                unfolded.skipRest();
            }
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw refused("is damaged or cut off");
        }
        if (entries == 0) {
            throw refused("is no ZIP file");
        }
    }

    private static Seen digested(InputStream content) throws IOException {
        MessageDigest digest = ArchiveWriter.sha256();
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        for (int count = content.read(buffer, 0, buffer.length); count >= 0; count = content.read(buffer, 0, buffer.length)) {
            digest.update(buffer, 0, count);
            bytes += count;
        }
        return new Seen(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    static Failure refused(String what) {
        return Failure.invalid("file", what);
    }

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
            if (read > mostUnpacked || read > UNFOLDED_FREELY && read > packed.read * MOST_UNFOLDED) {
                throw refused("unfolds to far more than its size");
            }
            return count;
        }

        private void skipRest() throws IOException {
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
