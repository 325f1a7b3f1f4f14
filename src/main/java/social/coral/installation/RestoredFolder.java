package social.coral.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Replaces the present server's folder with a restored one, in steps that each leave one of them complete: the restored folder is
 * renamed when it is complete, the present one is moved aside, and the restored one gets its name. If the process is killed before
 * the last step, the next start does that step.
 */
final class RestoredFolder {

    private static final String COMPLETE = ".restored";

    private RestoredFolder() {}

    static boolean isPending(Path data) {
        return Files.notExists(data) && Files.exists(complete(data));
    }

    static void replace(Path data, Path restored, Path aside) throws IOException {
        Files.move(restored, complete(data), StandardCopyOption.ATOMIC_MOVE);
        if (Files.exists(data)) {
            Files.move(data, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        activate(data);
    }

    /** Does the last step of a restore, if it is pending. */
    static void activate(Path data) throws IOException {
        if (isPending(data)) {
            Files.move(complete(data), data, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Deletes what a killed restore left beside a present folder that was not moved. */
    static void deleteLeftover(Path data) throws IOException {
        if (!isPending(data)) {
            Folders.delete(complete(data));
        }
    }

    private static Path complete(Path data) {
        return data.resolveSibling(data.getFileName() + COMPLETE);
    }
}
