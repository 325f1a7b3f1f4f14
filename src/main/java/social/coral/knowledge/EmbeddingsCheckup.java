package social.coral.knowledge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import social.coral.installation.Finding;

/** Checks whether the model in the process can be loaded on this machine. */
public final class EmbeddingsCheckup {

    private static final String SUBJECT = "embeddings";

    private EmbeddingsCheckup() {}

    /** @param temporary the data folder's folder for temporary files, which need not exist */
    public static Finding of(Path temporary) {
        @Nullable Path folder = null;
        try {
            folder = Files.isDirectory(temporary) ? Files.createTempDirectory(temporary, "model") : Files.createTempDirectory("coral-model");
            try (MiniLmModel model = MiniLmModel.load(folder)) {
                model.vector("warm");
                Instant start = Instant.now();
                model.vector("How quickly a short text is turned into a vector.");
                return Finding.ok(SUBJECT, MiniLmModel.NAME + " runs in the process and takes " + Duration.between(start, Instant.now()).toMillis()
                        + " ms for a short text");
            }
        } catch (EmbeddingsFault | IOException e) {
            return Finding.warning(SUBJECT, e.getMessage() + " Search works by words alone where no model of OpenAI's was chosen. The model needs"
                    + " macOS, or Linux with glibc, on x86-64 or ARM, and a data folder on a file system that is not mounted with noexec.");
        } finally {
            delete(folder);
        }
    }

    private static void delete(@Nullable Path folder) {
        try {
            if (folder != null) {
                OpenIndex.remove(folder);
            }
        } catch (IOException e) {
            // Temporary files are removed at the next start.
        }
    }
}
