package social.coral.installation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The packaged PostgreSQL, unpacked where it can run: on a disk that allows executables, and under a path that needs no shell
 * quoting, because its programs start each other through a shell.
 */
final class PostgresBinaries {

    private static final String SHELL_CHARACTERS = "\"$`\\";

    private final List<Path> folders;
    private final String version;

    /** @param folders where it may be unpacked, the preferred one first; the first belongs to this installation alone */
    PostgresBinaries(List<Path> folders, String version) {
        this.folders = folders;
        this.version = version;
    }

    /** Returns its major version, which is also the version of the data it can open. */
    String major() {
        return version.substring(0, version.indexOf('.'));
    }

    /** Returns the folder of its programs. Unpacks them on first use. */
    Path bin() throws IOException {
        for (Path folder : folders) {
            Path home = folder.resolve(version);
            if (isPlain(folder) && (Files.exists(home) || runsPrograms(folder))) {
                if (Files.notExists(home)) {
                    unpack(folder, home);
                }
                return home.resolve("bin");
            }
        }
        throw new StartFault("The packaged PostgreSQL cannot be run from "
                + folders.stream().map(Path::toString).collect(Collectors.joining(" or from "))
                + " (the disk does not allow executables, is not writable, or a name has a quotation mark, dollar sign, backquote or"
                + " backslash). Choose another data folder with CORAL_DATA, or your own server with DATABASE_URL.");
    }

    private static boolean isPlain(Path folder) {
        return folder.toString().chars().noneMatch(character -> SHELL_CHARACTERS.indexOf(character) >= 0);
    }

    private static boolean runsPrograms(Path folder) throws IOException {
        Path probe = null;
        try {
            Files.createDirectories(folder);
            probe = Files.createTempFile(folder, "probe", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(probe, "#!/bin/sh\n");
            return new ProcessBuilder(probe.toString()).start().onExit().join().exitValue() == 0;
        } catch (IOException e) {
            return false;
        } finally {
            if (probe != null) {
                Files.delete(probe);
            }
        }
    }

    /** Deletes other versions that this installation unpacked. */
    void deleteOtherVersions() throws IOException {
        Path folder = folders.getFirst();
        if (Files.notExists(folder)) {
            return;
        }
        List<Path> others;
        try (Stream<Path> all = Files.list(folder)) {
            others = all.filter(other -> !other.equals(folder.resolve(version))).toList();
        }
        for (Path other : others) {
            Folders.delete(other);
        }
    }

    private void unpack(Path folder, Path home) throws IOException {
        Path unfinished = Files.createTempDirectory(folder, version);
        try (InputStream packed = archive();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, unfinished.resolve(entry.getName()).normalize());
            }
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process that shares the folder may have been faster.
            if (!Files.isDirectory(home)) {
                throw e;
            }
        } finally {
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
            throw new StartFault("There is no packaged PostgreSQL for this machine (" + platform
                    + "). Use your own server with DATABASE_URL.");
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
