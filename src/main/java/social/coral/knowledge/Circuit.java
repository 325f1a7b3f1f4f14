package social.coral.knowledge;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps calls from a server that is down: while it is open they fail at once, and after a pause one of them tries. A single slow answer
 * opens nothing, since it may be due to what one tenant asks.
 */
final class Circuit {

    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    static final int SLOW_IN_A_ROW = 3;

    private final LongSupplier nanos;
    private Duration pause = Duration.ZERO;
    private long opened;
    private boolean trying;
    private int slow;

    /** @param nanos a clock that only goes forwards, such as {@link System#nanoTime} */
    Circuit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Lets a call through. Exactly one of {@link #answered}, {@link #failed}, {@link #slow} and {@link #left} has to follow. */
    synchronized boolean enter() {
        if (pause.isZero()) {
            return false;
        }
        if (trying || nanos.getAsLong() - opened < pause.toNanos()) {
            throw new IndexFault("The vector server cannot be reached; it is tried again soon.", null);
        }
        trying = true;
        return true;
    }

    /** @return whether it was open until now */
    synchronized boolean answered() {
        boolean wasOpen = !pause.isZero();
        pause = Duration.ZERO;
        trying = false;
        slow = 0;
        return wasOpen;
    }

    /**
     * @param trial what {@link #enter} returned
     * @return whether it was closed until now
     */
    synchronized boolean failed(boolean trial) {
        boolean wasClosed = pause.isZero();
        if (trial) {
            open(pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE);
        } else if (wasClosed) {
            open(FIRST_PAUSE);
        }
        return wasClosed;
    }

    /** Like {@link #failed}, once there were some in a row. */
    synchronized boolean slow(boolean trial) {
        slow++;
        return (trial || slow >= SLOW_IN_A_ROW) && failed(trial);
    }

    /** The caller went before there was an answer, which says nothing of the server. */
    synchronized void left(boolean trial) {
        if (trial) {
            trying = false;
        }
    }

    private void open(Duration next) {
        pause = next;
        opened = nanos.getAsLong();
        trying = false;
        slow = 0;
    }
}
