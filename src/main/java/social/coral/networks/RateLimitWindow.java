package social.coral.networks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import social.coral.egress.EgressResponse;
import social.coral.services.RetryAfter;
import social.coral.services.ServiceFault.Intercepted;
import social.coral.services.ServiceFault.Postponed;

/**
 * Reads from a 429 when to ask again: when the last of the windows that are used up ends. The headers are believed only within
 * reason. A window that still has calls, or that ended in the past, is not what the call ran into.
 */
final class RateLimitWindow {

    /** The length of X's usual window, for an answer that does not say. */
    private static final Duration USUAL = Duration.ofMinutes(15);
    private static final Duration MIN = Duration.ofSeconds(5);
    /** Spreads those who wait, so that they do not ask again at once. */
    private static final long JITTER_MS = 3_000;
    private static final Duration MAX = Duration.ofHours(24);

    private final EgressResponse reply;
    private final Instant now;

    RateLimitWindow(EgressResponse reply, Instant now) {
        this.reply = reply;
        this.now = now;
    }

    /** Reports whether X itself counted the call, and not something in between. */
    static boolean isOfX(EgressResponse reply) {
        return reply.header("x-rate-limit-reset").isPresent() || XWire.Problem.of(reply).filter(problem -> problem.title() != null).isPresent();
    }

    /** Returns the fault of a call that ran into the limit of a network, by its name within a sentence and at the beginning of one. */
    Postponed fault(String network, String first) {
        boolean isDaily = isUsedUp("x-user-limit-24hour") || isUsedUp("x-app-limit-24hour");
        return fault(isDaily ? "The daily limit of " + network + " is used up; collecting resumes by itself when it is renewed."
                : first + " has asked us to slow down; collecting resumes by itself.");
    }

    /** Returns the fault of a call that something in between has turned down. */
    Postponed fault(Intercepted elsewhere) {
        return fault(elsewhere.sentence() + " Collecting resumes by itself.");
    }

    private Postponed fault(String sentence) {
        Optional<Instant> end = end();
        if (end.isPresent() && end.get().isAfter(now)) {
            return new Postponed(Postponed.Reason.RATE_LIMITED, sentence, spread(end.get()));
        }
        boolean saysNothing = end.isEmpty() && number("x-rate-limit-remaining").filter(left -> left > 0).isEmpty();
        Postponed guessed = new Postponed(Postponed.Reason.RATE_LIMITED, sentence, spread(saysNothing ? now.plus(USUAL) : now));
        return saysNothing ? guessed : guessed.growing(now);
    }

    private Optional<Instant> end() {
        Optional<Instant> ofWindows = Stream.of("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")
                .filter(window -> isUsedUp(window) || window.equals("x-rate-limit") && number("x-rate-limit-remaining").isEmpty())
                .flatMap(window -> number(window + "-reset").map(Instant::ofEpochSecond).stream())
                .max(Instant::compareTo);
        return ofWindows.filter(now::isBefore).or(() -> RetryAfter.of(reply, now)).or(() -> ofWindows);
    }

    private boolean isUsedUp(String window) {
        return number(window + "-remaining").filter(left -> left == 0).isPresent();
    }

    private Optional<Long> number(String header) {
        return reply.header(header).map(String::strip).filter(text -> text.matches("[0-9]{1,12}")).map(Long::valueOf);
    }

    private Instant spread(Instant end) {
        Instant least = now.plus(MIN);
        Instant most = now.plus(MAX);
        Instant spread = (end.isBefore(least) ? least : end).plusMillis(ThreadLocalRandom.current().nextLong(JITTER_MS));
        return spread.isAfter(most) ? most : spread;
    }
}
