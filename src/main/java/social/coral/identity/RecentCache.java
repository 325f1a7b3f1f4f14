package social.coral.identity;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers the newest ten thousand values, each for a fixed time. */
final class RecentCache<K, V> {

    private static final int CAPACITY = 10_000;

    private record Remembered<V>(V value, long bestBefore) {}

    private final long nanos;
    private final Map<K, Remembered<V>> entries = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Remembered<V>> eldest) {
            return size() > CAPACITY;
        }
    };

    RecentCache(Duration freshness) {
        this.nanos = freshness.toNanos();
    }

    synchronized @Nullable V get(K key) {
        Remembered<V> entry = entries.get(key);
        return entry != null && entry.bestBefore() - System.nanoTime() > 0 ? entry.value() : null;
    }

    synchronized void put(K key, V value) {
        entries.remove(key);
        entries.put(key, new Remembered<>(value, System.nanoTime() + nanos));
    }

    synchronized void clear() {
        entries.clear();
    }
}
