package social.coral.knowledge;

import java.time.Instant;

/** A service makes no more vectors for a tenant until later, or until the tenant does something about it. */
final class EmbeddingsPaused extends EmbeddingsFault {

    private final String code;
    private final Instant until;

    /**
     * Makes the fault.
     *
     * @param code why, for programs
     * @param sentence why, for the tenant
     * @param until when to try again
     */
    EmbeddingsPaused(String code, String sentence, Instant until) {
        super(sentence, null);
        this.code = code;
        this.until = until;
    }

    String code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    Instant until() {
        return until;
    }
}
