package social.coral.knowledge;

import org.jspecify.annotations.Nullable;

/** Texts cannot be turned into vectors now. Search then works by words alone. */
final class EmbeddingsFault extends RuntimeException {

    EmbeddingsFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
