package social.coral.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each token may call each endpoint, and the headers that say so. */
final class RateLimits {

    private static final int LIMIT = 450;
    private static final long WINDOW_SECONDS = 900;
    private static final int MOST_WINDOWS = 20_000;

    private record Key(String token, String endpoint) {}

    private record Window(long end, int used) {}

    /** What is left after a call, or that nothing was. */
    record State(boolean spent, Map<String, String> headers) {}

    private final Map<Key, Window> windows = new ConcurrentHashMap<>();

    State take(String token, String endpoint, long epochSecond) {
        if (windows.size() > MOST_WINDOWS) {
            windows.values().removeIf(window -> window.end() <= epochSecond);
        }
        Window window = windows.merge(new Key(token, endpoint), new Window(epochSecond + WINDOW_SECONDS, 1),
                (old, first) -> old.end() <= epochSecond ? first : new Window(old.end(), Math.min(old.used() + 1, LIMIT + 1)));
        return new State(window.used() > LIMIT, headers(Math.max(0, LIMIT - window.used()), window.end()));
    }

    static Map<String, String> headers(int remaining, long reset) {
        return Map.of("x-rate-limit-limit", Integer.toString(LIMIT), "x-rate-limit-remaining", Integer.toString(remaining),
                "x-rate-limit-reset", Long.toString(reset));
    }
}
