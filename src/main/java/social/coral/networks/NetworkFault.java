package social.coral.networks;

import java.time.Instant;
import java.util.Set;

/**
 * Why a network did not give what was asked for. Each case calls for something else to be done; the message is a
 * sentence for a person and holds no secret.
 */
public abstract sealed class NetworkFault extends RuntimeException {

    private NetworkFault(String sentence) {
        super(sentence, null, false, false);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** Too many calls: ask again at {@link #until()}, which is always ahead and at most a day away. */
    public static final class RateLimited extends NetworkFault {
        private final Instant until;

        RateLimited(String sentence, Instant until) {
            super(sentence);
            this.until = until;
        }

        public Instant until() {
            return until;
        }
    }

    /** This installation had no room for the answer, which says nothing of the network or the key: ask again at {@link #until()}. */
    public static final class NoRoom extends NetworkFault {
        private final Instant until;

        NoRoom(String sentence, Instant until) {
            super(sentence);
            this.until = until;
        }

        public Instant until() {
            return until;
        }
    }

    /** The network does not serve this key until a person does something about it. */
    public static final class CredentialsRefused extends NetworkFault {
        CredentialsRefused(String sentence) {
            super(sentence);
        }
    }

    /** No account has this handle or id, or it was closed. */
    public static final class UnknownAccount extends NetworkFault {
        UnknownAccount(String sentence) {
            super(sentence);
        }
    }

    /** The account exists and only its followers may read it. */
    public static final class ProtectedAccount extends NetworkFault {
        ProtectedAccount(String sentence) {
            super(sentence);
        }
    }

    /** The network has suspended the account. */
    public static final class SuspendedAccount extends NetworkFault {
        SuspendedAccount(String sentence) {
            super(sentence);
        }
    }

    /** A passing fault of the network or of the way to it: the same call may succeed later. */
    public static final class Unavailable extends NetworkFault {
        Unavailable(String sentence) {
            super(sentence);
        }
    }

    /** The network does not accept the question: asking again in the same words is useless. */
    public static final class BadRequest extends NetworkFault {
        private final Set<String> parameters;

        BadRequest(String sentence, Set<String> parameters) {
            super(sentence);
            this.parameters = Set.copyOf(parameters);
        }

        /** Whether the network named this parameter, such as an expired {@code pagination_token}, as the reason. */
        public boolean concerns(String parameter) {
            return parameters.contains(parameter);
        }
    }

    /** The answer cannot be understood, so nothing of it was taken. */
    public static final class Malformed extends NetworkFault {
        Malformed(String sentence) {
            super(sentence);
        }
    }
}
