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
 * Keeps one tenant from holding all of something that there is little of: whatever it sends at once, places stay free for the
 * others. What is beyond its share, or beyond what there is for all, waits. A free place goes to the tenant that holds least, and
 * among equals to the one that has been without longest, so that nobody stands behind all that another sent. When the wait takes too
 * long it ends with a {@link TransientDataAccessResourceException}, after which a request is to be sent again and a run goes on later.
 */
public final class TenantShares {

    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);
    private static final Comparator<Line> NEXT = Comparator.<Line>comparingInt(line -> line.held).thenComparingLong(line -> line.since);

    /** A tenant's requests in their order, and what it holds. */
    private static final class Line {
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private int held;
        /** When it came or last gave a place back, counted in such events. */
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

    /** Waits for this tenant's turn; closing what is returned gives the place to the next. */
    public Place take(Tenant tenant) {
        return take(tenant, 1);
    }

    /** As above, for several places at once; no more than a share, which nobody would ever get. */
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
        return () -> giveBack(tenant, places);
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

    /** Others may have stood behind the one that leaves. */
    private void leave(Tenant tenant, Waiting waiting) {
        lines.computeIfPresent(tenant, (unused, line) -> {
            line.waiting.remove(waiting);
            return line.held == 0 && line.waiting.isEmpty() ? null : line;
        });
        admit();
    }

    private void giveBack(Tenant tenant, int places) {
        lock.lock();
        try {
            free += places;
            lines.computeIfPresent(tenant, (unused, line) -> {
                line.held -= places;
                line.since = events++;
                return line.held == 0 && line.waiting.isEmpty() ? null : line;
            });
            admit();
        } finally {
            lock.unlock();
        }
    }

    /** One who needs more than is free waits for it at the head, so that the small ones do not pass it for ever. */
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

    /** A tenant's hold on its places. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
