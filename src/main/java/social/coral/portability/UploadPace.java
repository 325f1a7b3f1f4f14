package social.coral.portability;

import java.time.Duration;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;

/** Whether an upload comes fast enough for the place that it holds. Only the time that was spent waiting for it counts. */
final class UploadPace {

    private static final long STRETCH = Duration.ofSeconds(5).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ImportBounds bounds;
    private long waited;
    private long waitedInWindow;
    private long bytesInWindow;
    private long waitedInStretch;
    private long bytesInStretch;
    private volatile long lately = Long.MAX_VALUE;
    private volatile boolean askedToLeave;

    UploadPace(ImportBounds bounds) {
        this.bounds = bounds;
    }

    void waited(long nanos) {
        waited += nanos;
        waitedInWindow += nanos;
        waitedInStretch += nanos;
    }

    /** To be called after each wait with what it brought; nothing more is asked of an upload that has ended. */
    void brought(int bytes) {
        if (bytes < 0) {
            lately = Long.MAX_VALUE;
            return;
        }
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

    /** The bytes of a second of waiting, of late; more than there are as long as nobody knows, and when all has come. */
    long lately() {
        return lately;
    }

    boolean isTooSlowForCrowd() {
        return lately < bounds.slowestInCrowd() && !askedToLeave;
    }

    /** Ends the upload with what it brings next. */
    void askToLeave() {
        askedToLeave = true;
    }

    private static Failure tooSlow(String sentence) {
        return Failure.of(HttpStatus.REQUEST_TIMEOUT, "upload_too_slow", sentence);
    }
}
