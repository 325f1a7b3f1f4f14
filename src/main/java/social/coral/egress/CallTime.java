package social.coral.egress;

import java.time.Duration;

/** The time that a call may take of whoever answers it. It stands still while the answer waits for something of ours. */
final class CallTime {

    /** How soon a caller sees that the time goes on again, if little of it was left. */
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

    /** How long it has stood still in all. */
    synchronized Duration stood() {
        return Duration.ofNanos(stood + (standing ? System.nanoTime() - since : 0));
    }

    synchronized boolean isOver() {
        return !standing && left() <= 0;
    }

    /** How long to wait before it can be over. */
    synchronized long nanosToWait() {
        return standing ? Math.max(left, LOOK_NANOS) : left();
    }

    private long left() {
        return left - (System.nanoTime() - since);
    }
}
