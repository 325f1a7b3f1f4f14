package social.coral.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rate limit of each token for each endpoint, and its headers. */
final class RateLimits {

    private static final int LIMIT = 450;
    private static final long WINDOW_SECONDS = 900;
    private static final int MAX_WINDOWS = 20_000;

    private record Key(String token, String endpoint) {}

    private record Window(long end, int used) {}

    /** The state after a call: what is left, or that it was refused. */
    record State(boolean spent, Map<String, String> headers) {}

    private final Map<Key, Window> windows = new ConcurrentHashMap<>();

    State take(String token, String endpoint, long epochSecond) {
        if (windows.size() > MAX_WINDOWS) {
            windows.values().removeIf(window -> window.end() <= epochSecond);
        }
        Window window = windows.merge(new Key(token, endpoint), new Window(epochSecond + WINDOW_SECONDS, 1),
                (old, first) -> old.end() <= epochSecond ? first : new Window(old.end(), Math.min(old.used() + 1, LIMIT + 1)));
        return new State(window.used() > LIMIT, headers(Math.max(0, LIMIT - window.used()), window.end()));
    }

    /** The headers of a daily limit that is used up, while the usual window still has calls. */
    static Map<String, String> dailyHeaders(long reset) {
        return Map.of("x-app-limit-24hour-limit", "1000", "x-app-limit-24hour-remaining", "0", "x-app-limit-24hour-reset", Long.toString(reset));
    }

    static Map<String, String> headers(int remaining, long reset) {
        return Map.of("x-rate-limit-limit", Integer.toString(LIMIT), "x-rate-limit-remaining", Integer.toString(remaining),
                "x-rate-limit-reset", Long.toString(reset));
    }
}
