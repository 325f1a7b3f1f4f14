package social.coral.portability;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The slots in which imports work, given to those that wait in the order in which they came. One that has hardly worked yet comes first,
 * so that a small import does not wait for large ones, but only every other time, so that small ones do not keep the large waiting.
 */
final class ImportSlots {

    private final Deque<Semaphore> beginners = new ArrayDeque<>();
    private final Deque<Semaphore> others = new ArrayDeque<>();
    private int free;
    private boolean beginnerWasLast;

    ImportSlots(int number) {
        this.free = number;
    }

    /** Waits for a slot, and takes it. */
    void acquire(boolean begins) {
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

    /** Gives a slot to the next import that waits. */
    synchronized void release() {
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

    /** Reports whether any import waits for a slot. */
    synchronized boolean hasWaiters() {
        return !beginners.isEmpty() || !others.isEmpty();
    }
}
