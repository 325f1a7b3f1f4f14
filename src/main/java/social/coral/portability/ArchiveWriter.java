package social.coral.portability;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import social.coral.portability.TenantTable.LeftOut;
import tools.jackson.databind.json.JsonMapper;

/** Writes an archive file by file and the manifest at its end, without holding files in memory. */
final class ArchiveWriter implements AutoCloseable {

    // A higher level takes twice the time and saves a tenth.
    private static final int COMPRESSION = 4;
    private static final int BUFFER = 1 << 16;

    /** Writes a file's lines and returns their number. */
    interface Lines {
        long write(OutputStream out) throws IOException;
    }

    private final Zip zip;
    private final JsonMapper json;
    private final List<Manifest.File> files = new ArrayList<>();
    private boolean finished;

    ArchiveWriter(OutputStream out, JsonMapper json) {
        this.zip = new Zip(new BufferedOutputStream(out, BUFFER));
        this.json = json;
        zip.setLevel(COMPRESSION);
    }

    void text(String name, String text) throws IOException {
        file(name, null, List.of(), out -> {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            return 0;
        });
    }

    void table(TenantTable table, Lines rows) throws IOException {
        file(fileOf(table), table.name(), table.exported().stream().map(Manifest.Column::of).toList(), rows);
    }

    static String fileOf(TenantTable table) {
        return "tables/" + table.name() + ".ndjson";
    }

    private void file(String name, @Nullable String table, List<Manifest.Column> columns, Lines content) throws IOException {
        MessageDigest digest = sha256();
        Counted counted = new Counted(zip);
        zip.putNextEntry(new ZipEntry(name));
        BufferedOutputStream out = new BufferedOutputStream(new DigestOutputStream(counted, digest), BUFFER);
        long rows = content.write(out);
        out.flush();
        zip.closeEntry();
        files.add(new Manifest.File(name, table, rows, counted.written, HexFormat.of().formatHex(digest.digest()), columns));
    }

    /** Writes the manifest, after which nothing can follow. */
    void finish(Instant exportedAt, List<LeftOut> leftOut) throws IOException {
        zip.putNextEntry(new ZipEntry(Manifest.NAME));
        zip.write(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(
                new Manifest(Manifest.FORMAT, Manifest.VERSION, exportedAt, List.copyOf(files), leftOut)));
        zip.closeEntry();
        zip.finish();
        finished = true;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }

    /** Completes the ZIP if it was finished; otherwise leaves it without an end, so that nobody can open it. */
    @Override
    public void close() throws IOException {
        if (finished) {
            zip.close();
        } else {
            zip.abandon();
        }
    }

    private static final class Zip extends ZipOutputStream {

        private Zip(OutputStream out) {
            super(out, StandardCharsets.UTF_8);
        }

        private void abandon() {
            def.end();
        }
    }

    private static final class Counted extends FilterOutputStream {

        private long written;

        private Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            written += length;
        }

        @Override
        public void flush() {
            // Flushing before the end only makes a compressed file larger.
        }
    }
}
