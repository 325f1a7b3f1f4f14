package social.coral.tenancy;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Shares a scarce resource fairly, so that no tenant can take all of it. Requests beyond a tenant's share, or beyond the total, wait.
 * A free place goes to the tenant that holds the fewest, and among equals to the one that has waited longest. A wait that takes too
 * long ends with a {@link TransientDataAccessResourceException}: the request can be sent again, and a run continues later.
 */
public final class TenantShares {

    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);
    private static final Comparator<Line> NEXT = Comparator.<Line>comparingInt(line -> line.held).thenComparingLong(line -> line.since);

    /** A tenant's waiting requests in order, and the places it holds. */
    private static final class Line {
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private int held;
        /** When it arrived or last returned a place, as a count of such events. */
        private long since;

        private Line(long since) {
            this.since = since;
        }
    }

    private static final class Waiting {
        private final int places;
        private final Condition turn;
        private boolean admitted;

        private Waiting(int places, Condition turn) {
            this.places = places;
            this.turn = turn;
        }
    }

    private final int share;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Tenant, Line> lines = new HashMap<>();
    private int free;
    private long events;

    /**
     * @param share how many places each tenant may hold at once
     * @param all how many there are for all of them
     */
    public TenantShares(int share, int all) {
        this.share = share;
        this.free = all;
    }

    /** Waits for a place; closing the result passes it on. */
    public Place take(Tenant tenant) {
        return take(tenant, 1);
    }

    /** Waits for several places at once, at most a share. */
    public Place take(Tenant tenant, int places) {
        lock.lock();
        try {
            Waiting waiting = new Waiting(places, lock.newCondition());
            lines.computeIfAbsent(tenant, unused -> new Line(events++)).waiting.add(waiting);
            admit();
            if (!isAdmitted(waiting)) {
                leave(tenant, waiting);
                throw new TransientDataAccessResourceException("too much is being done at once");
            }
        } finally {
            lock.unlock();
        }
        return new Held(tenant, places);
    }

    private static boolean isAdmitted(Waiting waiting) {
        try {
            for (long left = LONGEST_WAIT; !waiting.admitted && left > 0;) {
                left = waiting.turn.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return waiting.admitted;
    }

    /** Lets others go on that waited behind the one that leaves. */
    private void leave(Tenant tenant, Waiting waiting) {
        lines.computeIfPresent(tenant, (unused, line) -> {
            line.waiting.remove(waiting);
            return line.held == 0 && line.waiting.isEmpty() ? null : line;
        });
        admit();
    }

    /** A request for more places than are free waits at the head, so that small ones do not overtake it for ever. */
    private void admit() {
        for (Line next = next(); next != null && next.waiting.element().places <= free; next = next()) {
            Waiting first = next.waiting.remove();
            next.held += first.places;
            free -= first.places;
            first.admitted = true;
            first.turn.signal();
        }
    }

    private @Nullable Line next() {
        Line next = null;
        for (Line line : lines.values()) {
            if (!line.waiting.isEmpty() && line.held + line.waiting.element().places <= share && (next == null || NEXT.compare(line, next) < 0)) {
                next = line;
            }
        }
        return next;
    }

    /** A tenant's hold on its places. Closing it a second time has no effect. */
    public interface Place extends AutoCloseable {

        /** Lets other tenants have the places; they still count as held within the tenant's own share. */
        void leaveToOthers();

        @Override
        void close();
    }

    private final class Held implements Place {

        private final Tenant tenant;
        private final int places;
        private boolean taken = true;
        private boolean open = true;

        private Held(Tenant tenant, int places) {
            this.tenant = tenant;
            this.places = places;
        }

        @Override
        public void leaveToOthers() {
            lock.lock();
            try {
                giveBack();
                admit();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (open) {
                    open = false;
                    giveBack();
                    lines.computeIfPresent(tenant, (unused, line) -> {
                        line.held -= places;
                        line.since = events++;
                        return line.held == 0 && line.waiting.isEmpty() ? null : line;
                    });
                    admit();
                }
            } finally {
                lock.unlock();
            }
        }

        private void giveBack() {
            free += taken ? places : 0;
            taken = false;
        }
    }
}
