package social.coral.knowledge;

import org.jspecify.annotations.Nullable;

/** The index cannot be reached or does not work. It costs freshness and never data. */
final class IndexFault extends RuntimeException {

    IndexFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
