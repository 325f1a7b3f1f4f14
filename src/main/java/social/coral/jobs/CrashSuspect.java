package social.coral.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Runs the jobs that a process held when it died one at a time, each until it made progress or ran for a while. If the process
 * dies again, the culprit is known and the others are not blamed.
 */
final class CrashSuspect {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    private final Clock clock;
    private @Nullable Job job;
    private Instant since = Instant.MIN;

    CrashSuspect(Clock clock) {
        this.clock = clock;
    }

    /** Whether the next one may start. */
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
