package social.coral.edge;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;

/**
 * The requests whose body is not all here, counted by the network that they come from. A network that has many gets no more of
 * them, while a body that is here in a moment is taken all the same, so that nobody is kept out by a neighbour.
 */
final class UnfinishedBodies {

    private static final int MOST_OF_A_NETWORK = 64;
    private static final Duration A_MOMENT = Duration.ofMillis(500);
    private static final Duration A_LOOK = Duration.ofMillis(10);

    private final ConcurrentHashMap<String, Integer> waiting = new ConcurrentHashMap<>();

    /** Waits until the body is here, and gives it. */
    byte[] wait(String network, IncomingBody body) throws IOException {
        if (body.takeWhatIsHere()) {
            return body.take();
        }
        int unfinished = waiting.merge(network, 1, Integer::sum);
        try {
            if (unfinished > MOST_OF_A_NETWORK && !isHereInAMoment(body)) {
                throw Failure.of(HttpStatus.TOO_MANY_REQUESTS, "too_many_unfinished", "Too many requests from this network are unfinished. Try again in a moment.");
            }
            return body.take();
        } finally {
            waiting.computeIfPresent(network, (unused, count) -> count == 1 ? null : count - 1);
        }
    }

    private static boolean isHereInAMoment(IncomingBody body) throws IOException {
        try {
            for (long looks = A_MOMENT.dividedBy(A_LOOK); looks > 0 && !body.takeWhatIsHere(); looks--) {
                Thread.sleep(A_LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return body.takeWhatIsHere();
    }
}
