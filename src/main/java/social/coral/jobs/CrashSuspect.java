package social.coral.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which of the jobs that were in hand as a process ended is under way. One at a time, until it got somewhere or lived for a while:
 * when the process ends again, it is known which of them did it, and the others are not blamed.
 */
final class CrashSuspect {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    private final Clock clock;
    private @Nullable Job job;
    private Instant since = Instant.MIN;

    CrashSuspect(Clock clock) {
        this.clock = clock;
    }

    /** Whether the next may begin. */
    synchronized boolean isOpen() {
        return job == null || since.plus(LONG_ENOUGH).isBefore(clock.instant());
    }

    synchronized void fallsOn(Job suspect) {
        job = suspect;
        since = clock.instant();
    }

    synchronized void clear(Job suspect) {
        if (suspect.equals(job)) {
            job = null;
        }
    }
}
