package social.coral.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How a restored server's folder takes the place of the present one's, in steps of which each leaves one of them whole: it gets
 * its second name when it is complete, the present one is put aside, and it gets the present one's name. A start after a kill
 * between the last two does the last.
 */
final class RestoredFolder {

    private static final String COMPLETE = ".restored";

    private RestoredFolder() {}

    static boolean waits(Path data) {
        return Files.notExists(data) && Files.exists(complete(data));
    }

    static void replace(Path data, Path restored, Path aside) throws IOException {
        Files.move(restored, complete(data), StandardCopyOption.ATOMIC_MOVE);
        if (Files.exists(data)) {
            Files.move(data, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        takePlace(data);
    }

    /** Finishes what a killed restore left to do. */
    static void takePlace(Path data) throws IOException {
        if (waits(data)) {
            Files.move(complete(data), data, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Removes what a killed restore left beside a present one that stayed in its place. */
    static void forget(Path data) throws IOException {
        if (!waits(data)) {
            Folders.delete(complete(data));
        }
    }

    private static Path complete(Path data) {
        return data.resolveSibling(data.getFileName() + COMPLETE);
    }
}
