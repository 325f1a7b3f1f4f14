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
 * The PostgreSQL that comes packaged with this version, unpacked where it can run: on a disk from which programs may be run, and under
 * a name that a shell reads as it stands, since its programs start each other through one.
 */
final class PostgresBinaries {

    private static final String READ_BY_A_SHELL = "\"$`\\";

    private final List<Path> folders;
    private final String version;

    /** @param folders where it may be unpacked, the best first; the first is this installation's own */
    PostgresBinaries(List<Path> folders, String version) {
        this.folders = folders;
        this.version = version;
    }

    /** Its major version, which is that of the data it can open. */
    String major() {
        return version.substring(0, version.indexOf('.'));
    }

    /** The folder of its programs, unpacked on first need. */
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
        throw new StartFault("the packaged PostgreSQL cannot be run from "
                + folders.stream().map(Path::toString).collect(Collectors.joining(" or from "))
                + " (the disk lets no programs be run, nothing can be written there, or a name has a quotation mark, dollar sign, backquote or"
                + " backslash); name a data folder elsewhere with CORAL_DATA, or a server of your own with DATABASE_URL");
    }

    private static boolean isPlain(Path folder) {
        return folder.toString().chars().noneMatch(character -> READ_BY_A_SHELL.indexOf(character) >= 0);
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

    /** Removes this installation's versions that came before this one. */
    void forgetOthers() throws IOException {
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
            // Another process that shares the folder may have been quicker.
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
