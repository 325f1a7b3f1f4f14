package social.coral.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;
import tools.jackson.core.JacksonException;

/** A backup to be read. All of it is verified before anything is used. */
final class BackupFile implements AutoCloseable {

    static final String MANIFEST = "manifest.json";
    // Far more than a manifest takes; anybody may have written the file.
    private static final int MAX_IN_MEMORY = 32 * 1024 * 1024;

    private final Path path;
    private final ZipFile zip;
    private final Manifest manifest;

    private BackupFile(Path path, ZipFile zip) throws IOException {
        this.path = path;
        this.zip = zip;
        this.manifest = manifest();
    }

    static BackupFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new StartFault("There is no file " + path + ".");
        }
        if (!Files.isReadable(path)) {
            throw new StartFault("The file " + path + " cannot be read. Give this user permission to read it.");
        }
        try {
            ZipFile zip = new ZipFile(path.toFile(), StandardCharsets.UTF_8);
            try {
                return new BackupFile(path, zip);
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (IOException e) {
            throw damaged(path, e);
        }
    }

    private Manifest manifest() throws IOException {
        byte[] json = small(MANIFEST).orElseThrow(() -> foreign(path));
        try {
            Manifest read = Manifest.of(json);
            if (!read.format().equals(Manifest.FORMAT)) {
                throw foreign(path);
            }
            if (read.version() > Manifest.VERSION) {
                throw new StartFault(path + " was written by a newer Coral Social (" + read.product() + "). Restore it with that version or a newer one.");
            }
            return read;
        } catch (JacksonException e) {
            throw foreign(path);
        }
    }

    Manifest header() {
        return manifest;
    }

    /** Refuses a file whose entries hold anything but what this installation wrote, to the byte. */
    void verify(MasterKey masterKey) {
        try {
            byte[] sums = small(Seal.SUMS).orElseThrow(() -> damaged(path, null));
            byte[] seal = small(Seal.NAME).orElseThrow(() -> damaged(path, null));
            if (!Seal.fits(masterKey, sums, seal)) {
                throw new StartFault(path + " was altered after it was written, or is damaged. Use another backup.");
            }
            Map<String, String> expected = new HashMap<>();
            new String(sums, StandardCharsets.UTF_8).lines().forEach(line -> expected.put(line.substring(66), line.substring(0, 64)));
            for (Map.Entry<String, String> entry : expected.entrySet()) {
                if (!sum(entry.getKey()).equals(entry.getValue())) {
                    throw damaged(path, null);
                }
            }
        } catch (IOException e) {
            throw damaged(path, e);
        }
    }

    private String sum(String name) throws IOException {
        try (DigestInputStream in = new DigestInputStream(entry(name), Seal.sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    InputStream entry(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it lacks " + name);
        }
        return zip.getInputStream(entry);
    }

    private Optional<byte[]> small(String name) throws IOException {
        if (zip.getEntry(name) == null) {
            return Optional.empty();
        }
        try (InputStream in = entry(name)) {
            byte[] bytes = in.readNBytes(MAX_IN_MEMORY + 1);
            return bytes.length > MAX_IN_MEMORY ? Optional.empty() : Optional.of(bytes);
        }
    }

    private static StartFault foreign(Path path) {
        return new StartFault(path + " is no backup of Coral Social. Use a file that ./coral backup made.");
    }

    private static StartFault damaged(Path path, @Nullable IOException e) {
        return new StartFault(path + " is damaged or not complete" + (e == null ? "" : " (" + e.getMessage() + ")")
                + ", or no backup of Coral Social. Use another one.", e);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
