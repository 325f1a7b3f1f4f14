package social.coral.edge;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;

/**
 * Counts the requests whose body has not fully arrived, by network. A network that has many gets no more of them; a body that arrives
 * within a moment is accepted all the same, so that nobody is kept out by a neighbour.
 */
final class UnfinishedBodies {

    private static final int MAX_PER_NETWORK = 64;
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(10);

    private final ConcurrentHashMap<String, Integer> waiting = new ConcurrentHashMap<>();

    /** Waits until the body has arrived and returns it. */
    byte[] wait(String network, IncomingBody body) throws IOException {
        if (body.takeWhatHasArrived()) {
            return body.take();
        }
        int unfinished = waiting.merge(network, 1, Integer::sum);
        try {
            if (unfinished > MAX_PER_NETWORK && !arrivesInTime(body)) {
                throw Failure.of(HttpStatus.TOO_MANY_REQUESTS, "too_many_unfinished", "Too many requests from this network are unfinished. Try again in a moment.");
            }
            return body.take();
        } finally {
            waiting.computeIfPresent(network, (unused, count) -> count == 1 ? null : count - 1);
        }
    }

    private static boolean arrivesInTime(IncomingBody body) throws IOException {
        try {
            for (long checks = GRACE.dividedBy(CHECK_INTERVAL); checks > 0 && !body.takeWhatHasArrived(); checks--) {
                Thread.sleep(CHECK_INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return body.takeWhatHasArrived();
    }
}
