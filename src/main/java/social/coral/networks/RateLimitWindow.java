package social.coral.networks;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import social.coral.egress.EgressResponse;

/** Reads from a 429 when to ask again. The header is believed only within reason. */
final class RateLimitWindow {

    /** The length of X's usual window, for an answer that does not say. */
    private static final Duration USUAL = Duration.ofMinutes(15);
    private static final Duration MIN = Duration.ofSeconds(5);
    /** Spreads those who wait, so that they do not ask again at once. */
    private static final long JITTER_MS = 3_000;
    private static final Duration MAX = Duration.ofHours(24);

    private RateLimitWindow() {}

    static Instant end(EgressResponse reply, Instant now) {
        Instant end = reply.header("x-rate-limit-reset")
                .filter(text -> text.matches("[0-9]{1,12}"))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text)))
                .or(() -> reply.header("Retry-After")
                        .filter(text -> text.matches("[0-9]{1,6}"))
                        .map(text -> now.plusSeconds(Long.parseLong(text))))
                .orElse(now.plus(USUAL));
        Instant least = now.plus(MIN);
        Instant spread = (end.isBefore(least) ? least : end).plusMillis(ThreadLocalRandom.current().nextLong(JITTER_MS));
        return spread.isAfter(now.plus(MAX)) ? now.plus(MAX) : spread;
    }
}
