package social.coral.installation;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file for what must not outlive this process: it has no name once it is open, so that nothing of it is left by a kill. */
public final class UnlinkedFile {

    private UnlinkedFile() {}

    /** A new, empty one on this folder's disk. The folder is made again if somebody removed it. */
    public static FileChannel in(Path folder) throws IOException {
        Path path = named(folder);
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    private static Path named(Path folder) throws IOException {
        try {
            return Files.createTempFile(folder, "nameless", "");
        } catch (NoSuchFileException removed) {
            return Files.createTempFile(Files.createDirectories(folder), "nameless", "");
        }
    }
}
