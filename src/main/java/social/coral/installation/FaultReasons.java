package social.coral.installation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;

/** Describes to an operator why a file could not be used or a database refused. */
public final class FaultReasons {

    private static final List<String> DISK_FULL = List.of("No space left on device", "Disk quota exceeded");

    private FaultReasons() {}

    static String of(IOException e) {
        return switch (e) {
            case FileAlreadyExistsException taken -> taken.getFile() + " is a file where a folder is needed";
            case NotDirectoryException taken -> taken.getFile() + " is a file where a folder is needed";
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " cannot be created";
            case FileSystemException other when other.getReason() != null -> String.valueOf(other.getReason());
            default -> String.valueOf(e.getMessage());
        };
    }

    /** Returns the first line of the message. Databases add further lines with positions in statements. */
    public static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    /** Returns what to do about it: make room on a full disk, or else {@code otherwise}. */
    static String remedy(IOException e, String otherwise) {
        String reason = of(e);
        return DISK_FULL.stream().anyMatch(reason::contains) ? "Make room on its disk" : otherwise;
    }
}
