package social.coral.tenancy;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;

/**
 * Keeps one tenant from holding all of something that there is little of: whatever it sends at once, places stay free for the
 * others. What is beyond its share waits its turn, and is refused when that takes too long.
 */
public final class TenantShares {

    private static final int LONGEST_WAIT_SECONDS = 10;

    private static final class Share extends Semaphore {
        private int users;

        private Share(int permits) {
            super(permits);
        }
    }

    private final int share;
    private final ConcurrentHashMap<Tenant, Share> inUse = new ConcurrentHashMap<>();

    /** @param share how many places each tenant may hold at once */
    public TenantShares(int share) {
        this.share = share;
    }

    /** Waits for this tenant's turn; closing what is returned gives the place to the next. */
    public Place take(Tenant tenant) {
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

    /** A tenant's hold on one place. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
