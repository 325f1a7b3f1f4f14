package social.coral.portability;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import social.coral.api.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads an untrusted archive: verifies all of it before anything is used, without holding it in memory. */
final class ArchiveReader {

    private static final Pattern KNOWN = Pattern.compile("README\\.txt|account\\.json|manifest\\.json|tables/[a-z0-9_]{1,63}\\.ndjson");
    private static final int MAX_ENTRIES = 500;
    private static final int MAX_MANIFEST_BYTES = 1 << 20;

    private record Seen(long bytes, String sha256) {}

    private final UploadedFile file;
    private final BoundedZip zip;
    private final ImportTurn turn;
    private final List<String> order = new ArrayList<>();
    private final JsonMapper json;

    ArchiveReader(UploadedFile file, DataSize mostUnpacked, JsonMapper json, ImportTurn turn) {
        this.file = file;
        this.zip = new BoundedZip(MAX_ENTRIES, mostUnpacked.toBytes());
        this.turn = turn;
        this.json = json;
    }

    /** Reads the whole archive and compares every file with what the manifest says of it. */
    Manifest manifest() throws IOException {
        Map<String, Seen> seen = new HashMap<>();
        order.clear();
        byte[][] manifest = {null};
        each((name, content) -> {
            if (name.equals(Manifest.NAME)) {
                manifest[0] = content.readNBytes(MAX_MANIFEST_BYTES + 1);
            } else if (seen.put(name, digested(content)) != null) {
                throw refused("holds " + name + " twice");
            }
            order.add(name);
        });
        Manifest stated = parsed(manifest[0]);
        for (Manifest.File each : stated.files()) {
            Seen found = seen.remove(each.name());
            if (found == null || found.bytes() != each.bytes() || !found.sha256().equals(each.sha256())) {
                throw refused(found == null ? "lacks " + each.name() : "was damaged or changed: " + each.name() + " does not match the manifest");
            }
        }
        if (!seen.isEmpty()) {
            throw refused("holds " + seen.keySet().iterator().next() + ", which its manifest does not list");
        }
        return stated;
    }

    /** Returns how many passes over the archive it takes to read these files in this order. */
    int passes(List<String> names) {
        int passes = names.isEmpty() ? 0 : 1;
        for (int i = 1; i < names.size(); i++) {
            passes += order.indexOf(names.get(i)) < order.indexOf(names.get(i - 1)) ? 1 : 0;
        }
        return passes;
    }

    private Manifest parsed(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length > MAX_MANIFEST_BYTES) {
            throw refused(bytes == null ? "is not a Coral Social export, or was cut off: it has no manifest.json" : "has a manifest.json of more than 1 MB");
        }
        try {
            Manifest manifest = json.readValue(bytes, Manifest.class);
            if (!Manifest.FORMAT.equals(manifest.format()) || manifest.version() < 1 || !manifest.isWhole()) {
                throw refused("is not a Coral Social export");
            }
            if (manifest.version() > Manifest.VERSION) {
                throw refused("has format version " + manifest.version() + ", and this installation reads up to " + Manifest.VERSION);
            }
            return manifest;
        } catch (JacksonException e) {
            throw refused("has a manifest.json that cannot be read");
        }
    }

    /** Reads all entries, within the bounds of an archive. */
    void each(BoundedZip.EntryTaker taker) throws IOException {
        try {
            int entries = zip.each(new BufferedInputStream(file.read(), 1 << 16), (name, content) -> {
                if (!KNOWN.matcher(name).matches()) {
                    throw refused("is not a Coral Social export, or is damaged. To import posts from an X archive, use Posts, Import");
                }
                taker.take(name, new Watched(content));
            });
            if (entries == 0) {
                throw ImportFault.ofTheFile("This file is not a ZIP, or is damaged. Choose the ZIP that you downloaded with “Export everything”.");
            }
        } catch (BoundedZip.Refused e) {
            throw refused(String.valueOf(e.getMessage()));
        } catch (ZipException | EOFException e) {
            throw refused("is cut off or damaged");
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
        return ImportFault.ofTheFile("This ZIP " + what + ".");
    }

    /** Lets others work and the import end even while a long file is skipped. */
    private final class Watched extends FilterInputStream {

        private Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            turn.look();
            return super.read(buffer, offset, length);
        }

        @Override
        public void close() {
            // Later entries are read from the same stream.
        }
    }
}
