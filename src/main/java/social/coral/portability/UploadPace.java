package social.coral.portability;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;

/**
 * Measures whether an upload is fast enough to keep its place. Only time spent waiting for it counts, but in a crowd, whose work can
 * leave no time for waiting: there it also has to bring a little in any time.
 */
final class UploadPace {

    private static final long STRETCH = Duration.ofSeconds(5).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ImportBounds bounds;
    private long waited;
    private long waitedInWindow;
    private long bytesInWindow;
    private long waitedInStretch;
    private long bytesInStretch;
    private final LongSupplier nanos;
    private long clockBegan;
    private long bytesByClock;
    private volatile long lately = Long.MAX_VALUE;
    private volatile long latelyByClock = Long.MAX_VALUE;
    private volatile boolean askedToLeave;

    UploadPace(ImportBounds bounds) {
        this(bounds, System::nanoTime);
    }

    /** @param nanos the clock */
    UploadPace(ImportBounds bounds, LongSupplier nanos) {
        this.bounds = bounds;
        this.nanos = nanos;
        this.clockBegan = nanos.getAsLong();
    }

    void waited(long nanos) {
        waited += nanos;
        waitedInWindow += nanos;
        waitedInStretch += nanos;
    }

    /** Records a wait and the bytes it brought; to be called after each one. */
    void brought(int bytes) {
        if (bytes < 0) {
            isAhead();
            return;
        }
        measureByClock(bytes);
        bytesInWindow += bytes;
        bytesInStretch += bytes;
        if (waited > bounds.upload().toNanos()) {
            throw tooSlow("This upload took longer than " + bounds.upload().toMinutes() + " minutes.");
        }
        if (waitedInWindow > ImportBounds.PACE_WINDOW.toNanos()) {
            if (bytesInWindow < bounds.leastInWindow()) {
                throw tooSlow("This upload was too slow, at less than " + bounds.slowest() / 1024 + " KB a second.");
            }
            waitedInWindow = 0;
            bytesInWindow = 0;
        }
        if (waitedInStretch > STRETCH) {
            lately = bytesInStretch * SECOND / waitedInStretch;
            waitedInStretch = 0;
            bytesInStretch = 0;
        }
        if (askedToLeave) {
            throw tooSlow("Others are waiting to import, and this upload came at less than " + bounds.slowestInCrowd() / 1024
                    + " KB a second. Send it again when fewer are.");
        }
    }

    private void measureByClock(int bytes) {
        long now = nanos.getAsLong();
        bytesByClock += bytes;
        if (now - clockBegan > STRETCH) {
            latelyByClock = bytesByClock * SECOND / (now - clockBegan);
            clockBegan = now;
            bytesByClock = 0;
        }
    }

    /** Records that the import waits for nothing of it: it is at its end, or more has arrived than there is room for. */
    void isAhead() {
        lately = Long.MAX_VALUE;
        latelyByClock = Long.MAX_VALUE;
        clockBegan = nanos.getAsLong();
        bytesByClock = 0;
    }

    /** Returns the recent bytes per second; the maximum while unknown and after the end. */
    long lately() {
        return Math.min(lately, latelyByClock);
    }

    boolean isTooSlowForCrowd() {
        return (lately < bounds.slowestInCrowd() || latelyByClock < bounds.slowestByClock()) && !askedToLeave;
    }

    /** Makes the upload end at its next check. */
    void askToLeave() {
        askedToLeave = true;
    }

    private static Failure tooSlow(String sentence) {
        return Failure.of(HttpStatus.REQUEST_TIMEOUT, "upload_too_slow", sentence);
    }
}
