package social.coral.tenancy;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Keeps one tenant from holding all of something that there is little of: whatever it sends at once, places stay free for the
 * others. What is beyond its share, or beyond what there is for all, waits its turn behind those who came before; when that takes too long it ends with a
 * {@link TransientDataAccessResourceException}, after which a request is to be sent again and a run goes on later.
 */
public final class TenantShares {

    private static final int LONGEST_WAIT_SECONDS = 10;

    private static final class Share extends Semaphore {
        private int users;

        private Share(int permits) {
            super(permits, true);
        }
    }

    private final int share;
    private final Semaphore all;
    private final ConcurrentHashMap<Tenant, Share> inUse = new ConcurrentHashMap<>();

    /**
     * @param share how many places each tenant may hold at once
     * @param all how many there are for all of them
     */
    public TenantShares(int share, int all) {
        this.share = share;
        this.all = new Semaphore(all, true);
    }

    /** Waits for this tenant's turn; closing what is returned gives the place to the next. */
    public Place take(Tenant tenant) {
        return take(tenant, 1);
    }

    /** As above, for several places at once; no more than a share, which nobody would ever get. */
    public Place take(Tenant tenant, int places) {
        Share permits = inUse.compute(tenant, (unused, known) -> {
            Share of = known == null ? new Share(share) : known;
            of.users++;
            return of;
        });
        boolean mine = false;
        boolean admitted = false;
        try {
            mine = permits.tryAcquire(places, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            admitted = mine && all.tryAcquire(places, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!admitted) {
                giveBack(tenant, permits, mine ? places : 0);
            }
        }
        if (!admitted) {
            throw new TransientDataAccessResourceException("too much is being done at once");
        }
        return () -> {
            all.release(places);
            giveBack(tenant, permits, places);
        };
    }

    private void giveBack(Tenant tenant, Share permits, int held) {
        permits.release(held);
        leave(tenant);
    }

    private void leave(Tenant tenant) {
        inUse.computeIfPresent(tenant, (unused, of) -> --of.users == 0 ? null : of);
    }

    /** A tenant's hold on its places. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
