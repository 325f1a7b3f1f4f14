package social.coral.knowledge;

import org.jspecify.annotations.Nullable;

/** Texts cannot be turned into vectors now. Search then works by words alone. */
sealed class EmbeddingsFault extends RuntimeException permits EmbeddingsPaused {

    EmbeddingsFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
