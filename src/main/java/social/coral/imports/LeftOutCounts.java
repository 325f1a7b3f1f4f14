package social.coral.imports;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.imports.LeftOutPost.Kind;

/** What an import left out or removed, and what it remembers of it, so that each is counted once and nobody misses it. */
final class LeftOutCounts {

    /** So many ids and times fit in memory beside those of other imports. */
    private static final int MAX_REMEMBERED = 5_000;
    private static final int MAX_SECONDS = 20_000;

    private final Map<Kind, Long> leftOut = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> removed = new EnumMap<>(Kind.class);
    private final Set<String> deleted = new HashSet<>();
    private final Set<Long> seconds = new HashSet<>();

    /** Returns how many posts were not kept because they are of this kind. */
    long of(Kind kind) {
        return leftOut.getOrDefault(kind, 0L);
    }

    /** Returns how many posts of earlier imports were removed because they are of this kind. */
    long removed(Kind kind) {
        return removed.getOrDefault(kind, 0L);
    }

    /** Counts a post that is not kept. */
    void count(Kind kind, @Nullable Instant time) {
        count(kind, 1);
        at(time);
    }

    void count(Kind kind, int posts) {
        leftOut.merge(kind, (long) posts, Long::sum);
    }

    void countRemoved(Kind kind, int posts) {
        removed.merge(kind, (long) posts, Long::sum);
    }

    /** Remembers posts that their author has deleted, as far as there is room. */
    void deleted(Stream<String> ids) {
        if (deleted.size() < MAX_REMEMBERED) {
            ids.forEach(deleted::add);
        }
    }

    boolean isDeleted(String id) {
        return deleted.contains(id);
    }

    /** Remembers that a post of this time is not stored, so that nobody misses it for its long text. */
    void at(@Nullable Instant time) {
        if (time != null && seconds.size() < MAX_SECONDS) {
            seconds.add(time.getEpochSecond());
        }
    }

    /** Reports whether a post of this time was left out. */
    boolean hasAt(Instant time) {
        long second = time.getEpochSecond();
        return seconds.contains(second) || seconds.contains(second - 1) || seconds.contains(second + 1);
    }
}
