package social.coral.models;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import social.coral.services.Backoff;
import social.coral.services.ServiceFault;
import social.coral.services.ServiceFault.Postponed;

/**
 * Holds calls back while a service is down or has asked to wait. After the wait one call tries, and the others follow only when it is
 * answered; so an outage costs one call each time.
 */
final class Circuit {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final Duration MAX_WAIT = Duration.ofMinutes(15);
    private static final Duration WHILE_ANOTHER_TRIES = Duration.ofSeconds(10);

    private final Clock clock;
    private int failures;
    private @Nullable Postponed held;
    private boolean tried;

    Circuit(Clock clock) {
        this.clock = clock;
    }

    /** Makes a call, which learns how often it may try. A {@link Postponed} comes from it, or in place of it. */
    <T extends Object> T call(IntFunction<T> call) {
        boolean isProbe = enter();
        try {
            T answer = call.apply(isProbe ? 1 : Backoff.MAX_ATTEMPTS);
            close();
            return answer;
        } catch (ServiceFault.Unavailable passing) {
            throw hold(new Postponed(Postponed.Reason.UNAVAILABLE, passing.sentence(), clock.instant().plus(nextWait())));
        } catch (Postponed later) {
            throw later.reason() == Postponed.Reason.NO_ROOM ? later : hold(later);
        } catch (ServiceFault answered) {
            close();
            throw answered;
        } finally {
            leave(isProbe);
        }
    }

    private synchronized boolean enter() {
        if (held == null) {
            return false;
        }
        Instant now = clock.instant();
        if (held.until().isAfter(now)) {
            throw held;
        }
        if (tried) {
            throw new Postponed(held.reason(), held.sentence(), now.plus(WHILE_ANOTHER_TRIES));
        }
        tried = true;
        return true;
    }

    private synchronized void leave(boolean isProbe) {
        if (isProbe) {
            tried = false;
        }
    }

    private synchronized void close() {
        failures = 0;
        held = null;
    }

    private synchronized Postponed hold(Postponed fault) {
        failures++;
        held = fault;
        return fault;
    }

    /** Grows with each failure, and differs a little each time so that not all come back at once. */
    private synchronized Duration nextWait() {
        Duration grown = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 10));
        return (grown.compareTo(MAX_WAIT) < 0 ? grown : MAX_WAIT).plusMillis(ThreadLocalRandom.current().nextLong(3_000));
    }
}
