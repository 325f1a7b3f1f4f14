package social.coral.portability;

import org.springframework.http.HttpStatus;
import social.coral.api.Failure;

/** Whether an upload comes fast enough for the place that it holds. Only the time that was spent waiting for it counts. */
final class UploadPace {

    private final ImportBounds bounds;
    private long waited;
    private long waitedInWindow;
    private long bytesInWindow;

    UploadPace(ImportBounds bounds) {
        this.bounds = bounds;
    }

    void waited(long nanos) {
        waited += nanos;
        waitedInWindow += nanos;
    }

    void brought(int bytes) {
        bytesInWindow += Math.max(0, bytes);
        if (bytes >= 0 && waited > bounds.upload().toNanos()) {
            throw tooSlow("This upload took longer than " + bounds.upload().toMinutes() + " minutes");
        }
        if (waitedInWindow > ImportBounds.PACE_WINDOW.toNanos()) {
            if (bytes >= 0 && bytesInWindow < bounds.leastInWindow()) {
                throw tooSlow("This upload came too slowly, at less than " + bounds.slowest() / 1024 + " KB a second");
            }
            waitedInWindow = 0;
            bytesInWindow = 0;
        }
    }

    private static Failure tooSlow(String sentence) {
        return Failure.of(HttpStatus.REQUEST_TIMEOUT, "upload_too_slow", sentence);
    }
}
