package social.coral.portability;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The desks at which imports work, of which those that wait get one in the order in which they came. One that has hardly worked yet goes first,
 * so that a small import is not kept up by large ones, but only every other time, so that small ones do not keep up the large.
 */
final class Desks {

    private final Deque<Semaphore> beginners = new ArrayDeque<>();
    private final Deque<Semaphore> others = new ArrayDeque<>();
    private int free;
    private boolean beginnerWasLast;

    Desks(int number) {
        this.free = number;
    }

    /** Waits for a desk, and takes it. */
    void take(boolean begins) {
        Semaphore turn = new Semaphore(0);
        synchronized (this) {
            if (free > 0) {
                free--;
                return;
            }
            (begins ? beginners : others).add(turn);
        }
        turn.acquireUninterruptibly();
    }

    /** Leaves a desk to the next one that waits. */
    synchronized void leave() {
        Semaphore next = next();
        if (next == null) {
            free++;
        } else {
            next.release();
        }
    }

    private @Nullable Semaphore next() {
        beginnerWasLast = !beginners.isEmpty() && (others.isEmpty() || !beginnerWasLast);
        return beginnerWasLast ? beginners.poll() : others.poll();
    }

    /** Reports whether any import waits for a desk. */
    synchronized boolean areWaitedFor() {
        return !beginners.isEmpty() || !others.isEmpty();
    }
}
