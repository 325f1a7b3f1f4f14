package social.coral.portability;

import java.time.Duration;

/**
 * The limits of one import.
 *
 * @param rows how many rows it may look at, whether they are taken or not
 * @param work how long it may work; waiting for the upload does not count
 * @param upload how long its upload may take
 * @param slowest how many bytes a second an upload brings at least, over half a minute of waiting for it
 * @param slowestInCrowd how many it brings to keep its place while another import has none
 * @param timeInCrowd how long it keeps its place, whatever it does there, while another import has none
 * @param patience how long an import waits for a place
 */
record ImportBounds(long rows, Duration work, Duration upload, int slowest, int slowestInCrowd, Duration timeInCrowd, Duration patience) {

    static final Duration PACE_WINDOW = Duration.ofSeconds(30);

    static final ImportBounds USUAL = new ImportBounds(
            3_000_000, Duration.ofMinutes(10), Duration.ofHours(1), 8 << 10, 256 << 10, Duration.ofMinutes(2),
            // Longer than the server waits for an idle client.
            Duration.ofSeconds(15));

    /** Returns how many bytes a second an upload brings in a crowd, however little the import waits for it. */
    int slowestByClock() {
        return slowestInCrowd / 8;
    }

    long leastInWindow() {
        return slowest * PACE_WINDOW.toSeconds();
    }
}
