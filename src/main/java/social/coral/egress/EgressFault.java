package social.coral.egress;

import org.jspecify.annotations.Nullable;

/**
 * An outgoing call that brought no answer. The sentence names the host, never the rest of the address, a header or a
 * body. It is for the operator; a tenant, who can mend nothing of it, is told {@link #toTenant}.
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
        TOO_LARGE,
        /** Answered, in a way that is none. */
        UNREADABLE,
        /** Answered, or about to, and dropped because this process had no room for it: nobody's doing outside. */
        NO_ROOM
    }

    private final Kind kind;

    EgressFault(Kind kind, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What a tenant is told when this service brought no answer. */
    public String toTenant(String service) {
        if (kind == Kind.NO_ROOM) {
            return "Coral Social has too many long answers in hand right now. Try again in a few minutes.";
        }
        String what = switch (kind) {
            case TIMED_OUT -> " did not answer in time";
            case TOO_LARGE -> " sent far too much";
            case UNREADABLE -> " sent something that cannot be read";
            case REFUSED, UNREACHABLE, RESET, NO_ROOM -> " could not be reached";
        };
        return service + what + ". Try again later; if this keeps happening, tell whoever runs this installation.";
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
