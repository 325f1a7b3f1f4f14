package social.coral.services;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;

/** The short wait before a retry, different each time so that many callers do not come back at once. */
public final class Backoff {

    public static final int MAX_ATTEMPTS = 3;
    private static final long BASE_MILLIS = 200;

    private final RandomGenerator random;
    private final Sleeper sleeper;

    public Backoff(RandomGenerator random, Sleeper sleeper) {
        this.random = random;
        this.sleeper = sleeper;
    }

    public void await(int failedAttempts) {
        long longest = BASE_MILLIS << failedAttempts;
        try {
            sleeper.sleep(Duration.ofMillis(random.nextLong(longest / 2, longest)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted before a retry");
        }
    }

    /** {@link Thread#sleep(Duration)}, or a test's. */
    public interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }
}
