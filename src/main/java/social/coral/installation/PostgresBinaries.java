package social.coral.installation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL that comes packaged with this version, unpacked where it can run. */
final class PostgresBinaries {

    private final Path folder;
    private final String version;

    PostgresBinaries(Path folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    /** Its major version, which is that of the data it can open. */
    String major() {
        return version.substring(0, version.indexOf('.'));
    }

    /** The folder of its programs, unpacked on first need. */
    Path bin() throws IOException {
        Path home = folder.resolve(version);
        if (Files.notExists(home)) {
            unpack(home);
        }
        return home.resolve("bin");
    }

    /** Removes the versions that came before this one. */
    void forgetOthers() throws IOException {
        List<Path> others;
        try (Stream<Path> all = Files.list(folder)) {
            others = all.filter(other -> !other.equals(folder.resolve(version))).toList();
        }
        for (Path other : others) {
            Folders.delete(other);
        }
    }

    private void unpack(Path home) throws IOException {
        Files.createDirectories(folder);
        Path unfinished = Files.createTempDirectory(folder, version);
        try (InputStream packed = archive();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, unfinished.resolve(entry.getName()).normalize());
            }
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            // Still there after a failure, and when another process was quicker.
            Folders.delete(unfinished);
        }
    }

    private static void unpack(InputStream content, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static InputStream archive() {
        String platform = platform();
        @Nullable InputStream archive = PostgresBinaries.class.getResourceAsStream("/postgres-" + platform + ".txz");
        if (archive == null) {
            throw new StartFault("no PostgreSQL comes packaged for this machine (" + platform
                    + "); name a server of your own with DATABASE_URL");
        }
        return archive;
    }

    private static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String cpu = System.getProperty("os.arch", "");
        return (os.startsWith("mac") ? "darwin" : os) + "-" + switch (cpu) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> cpu;
        };
    }
}
