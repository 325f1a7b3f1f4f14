package social.coral.egress;

import org.jspecify.annotations.Nullable;

/**
 * An outgoing call that brought no answer. The sentence names the host, never the rest of the address, a header or a
 * body, and is safe to show.
 */
public final class EgressFault extends RuntimeException {

    /** What became of the call. */
    public enum Kind {
        /** The gate did not let it out: nothing was sent. */
        REFUSED,
        /** No connection came about: nothing was sent. */
        UNREACHABLE,
        /** Sent, but the answer was not complete in time: it may have taken effect. */
        TIMED_OUT,
        /** Sent, but the connection broke before the answer was complete: it may have taken effect. */
        RESET,
        /** Answered, with more than the purpose allows. */
        TOO_LARGE
    }

    private final Kind kind;

    EgressFault(Kind kind, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
