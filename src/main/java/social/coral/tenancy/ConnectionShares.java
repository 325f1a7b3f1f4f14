package social.coral.tenancy;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;

/**
 * Keeps one tenant from holding all connections: whatever it sends at once, part of the pool stays free for the others.
 * What is beyond its share waits its turn, and is refused when that takes too long.
 */
final class ConnectionShares {

    private static final int LONGEST_WAIT_SECONDS = 10;

    private static final class Share extends Semaphore {
        private int users;

        private Share(int permits) {
            super(permits);
        }
    }

    private final int share;
    private final ConcurrentHashMap<Tenant, Share> inUse = new ConcurrentHashMap<>();

    ConnectionShares(int share) {
        this.share = share;
    }

    /** Waits for this tenant's turn; closing what is returned gives the place to the next. */
    Place take(Tenant tenant) {
        Share permits = inUse.compute(tenant, (unused, known) -> {
            Share of = known == null ? new Share(share) : known;
            of.users++;
            return of;
        });
        boolean admitted = false;
        try {
            admitted = permits.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!admitted) {
                leave(tenant);
            }
        }
        if (!admitted) {
            throw Failure.of(HttpStatus.TOO_MANY_REQUESTS, "too_much_at_once",
                    "Too much is being done for you at once; try again when some of it has ended");
        }
        return () -> {
            permits.release();
            leave(tenant);
        };
    }

    private void leave(Tenant tenant) {
        inUse.computeIfPresent(tenant, (unused, of) -> --of.users == 0 ? null : of);
    }

    /** A tenant's hold on one connection. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
