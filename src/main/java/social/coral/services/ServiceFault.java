package social.coral.services;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.egress.EgressFault;
import social.coral.vault.ServiceName;

/**
 * Why a service outside did not give what was asked for. Each case calls for something else to be done; the message is a
 * sentence for a person and holds no secret.
 */
public abstract sealed class ServiceFault extends RuntimeException {

    private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofMinutes(1);

    private ServiceFault(String sentence) {
        super(sentence, null, false, false);
    }

    /** The fault of a call that brought no answer. */
    public static ServiceFault of(EgressFault fault, String service, Instant now) {
        String sentence = fault.toTenant(service);
        return switch (fault.kind()) {
            case TOO_LARGE, UNREADABLE -> new Malformed(sentence);
            case NO_ROOM -> new Postponed(Postponed.Reason.NO_ROOM,
                    "Coral Social is handling too many long answers right now. The run resumes by itself when there is room.",
                    now.plus(UNTIL_THERE_IS_ROOM));
            case REFUSED, UNREACHABLE, TIMED_OUT, RESET -> new Unavailable(sentence);
        };
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** A passing fault of the service or of the way to it: the same call may succeed later. */
    public static final class Unavailable extends ServiceFault {
        public Unavailable(String sentence) {
            super(sentence);
        }
    }

    /** The service has had enough calls, or this installation has no room for its answers: ask again later. */
    public static final class Postponed extends ServiceFault {

        /** What there is not enough of. */
        public enum Reason {
            RATE_LIMITED,
            NO_ROOM,
            /** The service has failed lately, and is asked again when it may have recovered. */
            UNAVAILABLE
        }

        private static final Duration MAX_GROWN_WAIT = Duration.ofMinutes(15);

        private final Reason reason;
        private final Instant until;
        private final @Nullable Instant growsFrom;

        public Postponed(Reason reason, String sentence, Instant until) {
            this(reason, sentence, until, null);
        }

        private Postponed(Reason reason, String sentence, Instant until, @Nullable Instant growsFrom) {
            super(sentence);
            this.reason = reason;
            this.until = until;
            this.growsFrom = growsFrom;
        }

        /** The same where the service did not say when: the wait that begins now doubles with each attempt. */
        public Postponed growing(Instant now) {
            return new Postponed(reason, sentence(), until, now);
        }

        public Reason reason() {
            return reason;
        }

        /** When to ask again; ahead, and at most a day away. */
        public Instant until() {
            return until;
        }

        /** When to ask again after so many attempts in a row. */
        public Instant until(int attempts) {
            if (growsFrom == null || attempts <= 1) {
                return until;
            }
            Duration grown = Duration.between(growsFrom, until).multipliedBy(1L << Math.min(attempts - 1, 10));
            return growsFrom.plus(grown.compareTo(MAX_GROWN_WAIT) < 0 ? grown : MAX_GROWN_WAIT);
        }
    }

    /** The service does not serve this key until a person does something about it. */
    public static final class KeyRefused extends ServiceFault {
        private final ServiceName key;

        public KeyRefused(ServiceName key, String sentence) {
            super(sentence);
            this.key = key;
        }

        public ServiceName key() {
            return key;
        }
    }

    /**
     * The plan, the project or the credits behind the key do not cover the call. Nothing is wrong with the key or with what was
     * asked for; no call succeeds until a person does something about it or the billing period ends.
     */
    public static final class PlanRefused extends ServiceFault {
        private final ServiceName key;

        public PlanRefused(ServiceName key, String sentence) {
            super(sentence);
            this.key = key;
        }

        public ServiceName key() {
            return key;
        }
    }

    /** The service does not accept the question: asking again in the same words is useless. */
    public static final class BadRequest extends ServiceFault {
        private final Set<String> parameters;

        public BadRequest(String sentence, Set<String> parameters) {
            super(sentence);
            this.parameters = Set.copyOf(parameters);
        }

        /** Whether the service named this parameter, such as an expired {@code pagination_token}, as the reason. */
        public boolean concerns(String parameter) {
            return parameters.contains(parameter);
        }
    }

    /** What was asked about does not exist, or no longer. */
    public static final class NotFound extends ServiceFault {
        public NotFound(String sentence) {
            super(sentence);
        }
    }

    /** The service does not have this model, or no longer: no call succeeds until a person chooses another one. */
    public static final class ModelNotFound extends ServiceFault {
        public ModelNotFound(String sentence) {
            super(sentence);
        }
    }

    /** What was asked about exists, and nobody with this key may read it. */
    public static final class Forbidden extends ServiceFault {
        public Forbidden(String sentence) {
            super(sentence);
        }
    }

    /** The answer cannot be understood, so nothing of it was taken. */
    public static final class Malformed extends ServiceFault {
        public Malformed(String sentence) {
            super(sentence);
        }
    }

    /** The answer is from something in between, such as a proxy, so it says nothing about the key or what was asked for. */
    public static final class Intercepted extends ServiceFault {
        public Intercepted(String sentence) {
            super(sentence);
        }
    }
}
