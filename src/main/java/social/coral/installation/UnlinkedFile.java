package social.coral.installation;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A temporary file that is unlinked as soon as it is open, so that nothing of it remains after a kill. */
public final class UnlinkedFile {

    private UnlinkedFile() {}

    /** Creates an empty file on this folder's disk. Creates the folder again if it was deleted. */
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
