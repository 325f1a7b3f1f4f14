package social.coral.sandbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Faults injected on request, each a number of times, to test how a client handles them. */
final class Faults {

    /** What happens instead of, or to, the response. */
    enum Kind {
        RATE_LIMITED("429", "too many requests, until the given number of seconds is over (900)"),
        ERROR("500", "an internal error"),
        UNAVAILABLE("503", "a server that is not available"),
        RESET("reset", "a connection that is closed without an answer"),
        SLOW("slow", "an answer that takes the given number of seconds (30)"),
        MALFORMED("malformed", "a web page instead of JSON, with status 200"),
        EXPIRED_TOKEN("expired_token", "a key that is no longer accepted"),
        NO_CREDITS("402", "an app that has no credits left"),
        USAGE_CAPPED("usage_capped", "a plan whose usage cap is reached"),
        NOT_ENROLLED("not_enrolled", "an app that is not attached to a project"),
        DAILY_LIMIT("daily_limit", "a daily limit that is used up, until the given number of seconds is over (900)"),
        SUSPENDED("suspended", "an account that is suspended"),
        PROTECTED("protected", "an account that is protected"),
        GONE("404", "an account that no longer exists"),
        SINCE_ID("since_id", "a `since_id` that is not accepted"),
        BLOCKED("blocked", "a web page of a proxy, with status 403"),
        TRUNCATED("truncated", "an answer that ends in the middle");

        final String word;
        final String meaning;

        Kind(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        static Kind of(@Nullable String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw Refusal.invalid("`kind` must be one of " + Arrays.stream(values()).map(kind -> kind.word).collect(Collectors.joining(", ")) + ".");
        }
    }

    /**
     * A requested fault.
     *
     * @param path the prefix that a call's path must have, or null for any
     * @param handle the account that a call must be about, or null for any
     * @param times how often it happens; once if not given
     * @param seconds how long it lasts, for kinds with a duration
     */
    record Order(
            @Nullable String path,
            @Nullable String handle,
            @Nullable String kind,
            @Nullable Integer times,
            @Nullable Integer seconds) {

        boolean concerns(Request request, @Nullable Account account) {
            boolean here = path == null || request.path().startsWith(path);
            return here && (handle == null || about(request, account));
        }

        private boolean about(Request request, @Nullable Account account) {
            String wanted = String.valueOf(handle).toLowerCase(Locale.ROOT);
            String named = request.query().getOrDefault("usernames", "").toLowerCase(Locale.ROOT);
            return account != null && account.handle().equalsIgnoreCase(wanted) || List.of(named.split(",", -1)).contains(wanted)
                    || request.path().toLowerCase(Locale.ROOT).endsWith("/by/username/" + wanted);
        }
    }

    /** A fault to apply now. */
    record Fault(Kind kind, int seconds) {}

    private static final int MAX_PENDING = 1_000;

    private static final class Pending {
        final Order order;
        final Kind kind;
        int left;

        Pending(Order order, Kind kind, int left) {
            this.order = order;
            this.kind = kind;
            this.left = left;
        }
    }

    private final List<Pending> pending = new ArrayList<>();

    synchronized void add(Order order) {
        Kind kind = Kind.of(order.kind());
        int times = order.times() == null ? 1 : order.times();
        int seconds = order.seconds() == null ? 0 : order.seconds();
        if (times < 1 || times > 1_000_000 || seconds < 0 || seconds > 86_400 || pending.size() >= MAX_PENDING) {
            throw Refusal.invalid("`times` is 1 to 1000000, `seconds` 0 to 86400, and at most " + MAX_PENDING + " faults wait at once.");
        }
        pending.add(new Pending(order, kind, times));
    }

    synchronized void clear() {
        pending.clear();
    }

    /** Describes the pending faults. */
    synchronized List<String> waiting() {
        return pending.stream()
                .map(fault -> fault.kind.word + " × " + fault.left + (fault.order.path() == null ? "" : " on " + fault.order.path())
                        + (fault.order.handle() == null ? "" : " for @" + fault.order.handle()))
                .toList();
    }

    /** Takes the fault for this call, if any, and counts it down. */
    synchronized @Nullable Fault take(Request request, @Nullable Account account) {
        for (Pending fault : pending) {
            if (fault.order.concerns(request, account)) {
                if (--fault.left == 0) {
                    pending.remove(fault);
                }
                int seconds = fault.order.seconds() != null ? fault.order.seconds() : fault.kind == Kind.SLOW ? 30 : 900;
                return new Fault(fault.kind, seconds);
            }
        }
        return null;
    }
}
