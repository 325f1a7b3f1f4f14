package social.coral.installation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;

/** Why a file could not be had or a database refused, in words for an operator. */
public final class FaultReasons {

    /** The system's words. */
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");

    private FaultReasons() {}

    static String of(IOException e) {
        return switch (e) {
            case FileAlreadyExistsException taken -> taken.getFile() + " is a file where a folder is needed";
            case NotDirectoryException taken -> taken.getFile() + " is a file where a folder is needed";
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " cannot be made";
            case FileSystemException other when other.getReason() != null -> String.valueOf(other.getReason());
            default -> String.valueOf(e.getMessage());
        };
    }

    /** The first line of what it says; a database adds others, with places in statements. */
    public static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    /** What an operator can do about it: room for a full disk, and otherwise what is given. */
    static String remedy(IOException e, String otherwise) {
        String reason = of(e);
        return FULL.stream().anyMatch(reason::contains) ? "make room on its disk" : otherwise;
    }
}
