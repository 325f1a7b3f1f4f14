package social.coral.egress;

import java.time.Duration;

/** The time that a service may take for a call. The clock stops while the response waits for resources of this process. */
final class CallTime {

    /** How soon a waiting caller notices that the clock runs again, if little time was left. */
    private static final long LOOK_NANOS = 50_000_000;

    private long left;
    private long since = System.nanoTime();
    private boolean standing;
    private long stood;

    CallTime(Duration allowed) {
        this.left = allowed.toNanos();
    }

    synchronized void stop() {
        if (!standing) {
            long now = System.nanoTime();
            left -= now - since;
            since = now;
            standing = true;
        }
    }

    synchronized void goOn() {
        if (standing) {
            long now = System.nanoTime();
            stood += now - since;
            since = now;
            standing = false;
        }
    }

    /** The total time for which the clock was stopped. */
    synchronized Duration stood() {
        return Duration.ofNanos(stood + (standing ? System.nanoTime() - since : 0));
    }

    synchronized boolean isOver() {
        return !standing && left() <= 0;
    }

    /** The shortest wait before the time can be up. */
    synchronized long nanosToWait() {
        return standing ? Math.max(left, LOOK_NANOS) : left();
    }

    private long left() {
        return left - (System.nanoTime() - since);
    }
}
