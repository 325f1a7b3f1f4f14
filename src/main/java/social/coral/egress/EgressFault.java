package social.coral.egress;

import org.jspecify.annotations.Nullable;

/**
 * An outgoing call without a response. The sentence names the host, never the rest of the address, a header or a body. It is
 * for the operator; a tenant, who cannot fix it, sees {@link #toTenant}.
 */
public final class EgressFault extends RuntimeException {

    /** The outcome of the call. */
    public enum Kind {
        /** Refused by the gate: nothing was sent. */
        REFUSED,
        /** No connection: nothing was sent. */
        UNREACHABLE,
        /** Sent, but the response was not complete in time: the call may have taken effect. */
        TIMED_OUT,
        /** Sent, but the connection broke before the response was complete: the call may have taken effect. */
        RESET,
        /** The response is larger than the purpose allows. */
        TOO_LARGE,
        /** The response is not valid HTTP. */
        UNREADABLE,
        /** Dropped because this process had no memory for the response: not the service's fault. */
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

    /** The sentence for a tenant when this service did not respond. */
    public String toTenant(String service) {
        if (kind == Kind.NO_ROOM) {
            return "Coral Social is handling too many long answers right now. Try again in a few minutes.";
        }
        String what = switch (kind) {
            case TIMED_OUT -> " did not answer in time";
            case TOO_LARGE -> " sent far too much";
            case UNREADABLE -> " sent something that cannot be read";
            case RESET -> " broke off before its answer was complete";
            case REFUSED, UNREACHABLE, NO_ROOM -> " could not be reached";
        };
        return service + what + ". If this keeps happening, tell your administrator.";
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
