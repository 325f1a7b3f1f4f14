package social.coral.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import social.coral.installation.MasterKey;

/** Writes a backup, which gets its name only when it is complete and on the disk. */
final class BackupWriter implements AutoCloseable {

    /** Writes the content of an entry. */
    interface Content {
        void writeTo(OutputStream out) throws IOException, SQLException;
    }

    /** The name of an unfinished backup; files with such names are removed. */
    private static final String UNFINISHED = ".coral-part";

    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private final ZipOutputStream zip;
    private final Map<String, String> sums = new LinkedHashMap<>();

    BackupWriter(Path file) throws IOException {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(part);
        removeAbandoned(file.toAbsolutePath().getParent());
        this.channel = FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        takes(channel);
        this.zip = new ZipOutputStream(Channels.newOutputStream(channel));
    }

    /** Removes unfinished files of killed backups beside this one; a running backup holds the lock of its own. */
    private static void removeAbandoned(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path left : all) {
                remove(left);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // The folder cannot be listed, but the backup can still be written.
        }
    }

    private static void remove(Path left) {
        try (FileChannel abandoned = FileChannel.open(left, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (takes(abandoned)) {
                Files.deleteIfExists(left);
            }
        } catch (IOException e) {
            // Belongs to somebody else and is not in the way.
        }
    }

    /** Takes the lock, which ends with the process; false if another has it or files have no locks. */
    private static boolean takes(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    void entry(String name, Content content) throws IOException, SQLException {
        MessageDigest digest = Seal.sha256();
        zip.putNextEntry(new ZipEntry(name));
        OutputStream digested = new FilterOutputStream(zip) {
            @Override
            public void write(int value) throws IOException {
                out.write(value);
                digest.update((byte) value);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
                digest.update(bytes, from, length);
            }
        };
        content.writeTo(digested);
        zip.closeEntry();
        sums.put(name, HexFormat.of().formatHex(digest.digest()));
    }

    /** Seals the backup, so that a restore can verify that it is complete and from this installation. */
    void finish(MasterKey masterKey) throws IOException, SQLException {
        StringBuilder lines = new StringBuilder();
        sums.forEach((name, sum) -> lines.append(sum).append("  ").append(name).append('\n'));
        byte[] list = lines.toString().getBytes(StandardCharsets.UTF_8);
        entry(Seal.SUMS, out -> out.write(list));
        entry(Seal.NAME, out -> out.write(Seal.of(masterKey, list)));
        zip.finish();
        channel.force(true);
        zip.close();
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes an incomplete file. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
    }
}
