package social.coral.imports;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import social.coral.networks.PostIds;
import social.coral.networks.PostVersions;

/**
 * The versions of edited posts, each of which is a post of its own in an archive. The newest stays, with the time of the first.
 * Versions may come in any order, and the first one does not know that others follow.
 */
final class Versions {

    /** So many fit in memory beside those of other imports. */
    private static final int MAX = 5_000;
    private final Map<String, String> newest = new HashMap<>();
    private final Map<String, Instant> times = new HashMap<>();

    /** Takes in the versions that a post has, and reports whether this is not the newest of them. */
    boolean isOld(String id, List<String> versions, Instant time) {
        PostVersions.before(id, versions).forEach(version -> newest.merge(version, id, PostIds::newer));
        if (newest.containsKey(id)) {
            times.put(id, time);
            return true;
        }
        if (!versions.isEmpty() && newest.containsKey(versions.getFirst())) {
            tell(versions.getFirst(), time);
        }
        return false;
    }

    /** Takes in what is stored of versions, by the ids of the older ones. */
    void addKnown(Map<String, String> newestByOlder) {
        newestByOlder.forEach((older, last) -> {
            if (PostIds.OLDEST_FIRST.compare(older, last) < 0) {
                newest.merge(older, last, PostIds::newer);
            }
        });
    }

    /** Reports whether those so far have to be settled, and forgotten, to make room for others. */
    boolean isFull() {
        return newest.size() >= MAX;
    }

    void clear() {
        newest.clear();
        times.clear();
    }

    /** The id of a first version contains its time, even if that version is not in the file. */
    private void tell(String first, Instant time) {
        Instant inId = PostVersions.firstTime(first, time);
        if (inId.isBefore(time)) {
            times.putIfAbsent(first, inId);
        }
    }

    /** The newest versions by the ids of all old ones that are known. */
    Map<String, String> newestByOlder() {
        newest.replaceAll((older, last) -> {
            String newer = last;
            while (newest.containsKey(newer)) {
                newer = newest.get(newer);
            }
            return newer;
        });
        return newest;
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
