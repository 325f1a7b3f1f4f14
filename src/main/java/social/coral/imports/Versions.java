package social.coral.imports;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import social.coral.networks.PostIds;

/**
 * The versions of edited posts, each of which is a post of its own in an archive. The newest stays, with the time of the first.
 * Versions may come in any order, and the first one does not know that others follow.
 */
final class Versions {

    /** So many fit in memory; of a file with more edits, some old versions stay. */
    private static final int MAX = 50_000;

    private final Map<String, String> newest = new HashMap<>();
    private final Map<String, Instant> times = new HashMap<>();

    /** Takes in the versions that a post has, and reports whether this is not the newest of them. */
    boolean isOld(String id, List<String> versions, Instant time) {
        if (newest.size() < MAX) {
            versions.stream()
                    .filter(version -> PostIds.isId(version) && PostIds.OLDEST_FIRST.compare(version, id) < 0)
                    .forEach(version -> newest.merge(version, id, PostIds::newer));
        }
        boolean old = newest.containsKey(id);
        if (old) {
            times.put(id, time);
        }
        return old;
    }

    /** The ids of all old versions that are known. */
    Set<String> old() {
        return newest.keySet();
    }

    /** Returns when the first versions were written, by the ids of the newest, given also the times of the old ones that were stored. */
    Map<String, Instant> firstTimes(Map<String, Instant> stored) {
        Map<String, Instant> first = new HashMap<>();
        for (Map<String, Instant> known : List.of(times, stored)) {
            known.forEach((old, time) -> {
                String last = newest.get(old);
                if (last != null) {
                    first.merge(last, time, (one, other) -> one.isBefore(other) ? one : other);
                }
            });
        }
        return first;
    }
}
