package social.coral.networks;

import java.time.Duration;
import java.time.Instant;
import social.coral.egress.EgressReply;

/** Reads from a 429 when to ask again. What the header says is believed only within reason. */
final class RateLimitWindow {

    /** The length of X's usual window, for an answer that does not say. */
    private static final Duration USUAL = Duration.ofMinutes(15);
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofHours(24);

    private RateLimitWindow() {}

    static Instant end(EgressReply reply, Instant now) {
        Instant end = reply.header("x-rate-limit-reset")
                .filter(text -> text.matches("[0-9]{1,12}"))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text)))
                .or(() -> reply.header("Retry-After")
                        .filter(text -> text.matches("[0-9]{1,6}"))
                        .map(text -> now.plusSeconds(Long.parseLong(text))))
                .orElse(now.plus(USUAL));
        if (end.isBefore(now.plus(LEAST))) {
            return now.plus(LEAST);
        }
        return end.isAfter(now.plus(MOST)) ? now.plus(MOST) : end;
    }
}
