package social.coral.imports;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import social.coral.imports.PostStart.Likeness;
import social.coral.imports.PostStart.Prepared;

/**
 * Finds which posts without ids are which of those with ids. Those of a batch are compared with stored ones, one after the other, of which
 * no text is kept.
 */
final class TwinPairs {

    private record Key(String author, String text) {

        static Key of(Prepared post) {
            return new Key(post.post().author(), post.compared().key());
        }
    }

    private record Pair(String derived, String real, Likeness likeness, boolean ofDay, long place) {

        /** A day may have others like it. */
        boolean isUncertain() {
            return likeness == Likeness.SAYS_THE_SAME && ofDay;
        }
    }

    private static final Comparator<Pair> BEST_FIRST = Comparator.comparing(Pair::likeness).reversed().thenComparing(Pair::place);

    private final boolean batchHasIds;
    private final int size;
    /** By their authors, those whose times are more exact than the day. */
    private final Map<String, List<Prepared>> ofMoments;
    /** By their authors and texts. Of a day, only those that say the same can be the same. */
    private final Map<Key, List<Prepared>> alike;
    private final Map<String, BestOf<Pair>> pairs = new HashMap<>();
    private final Map<String, Integer> uncertain = new HashMap<>();
    private final Set<String> compared = new HashSet<>();
    private long place;

    /** @param batchHasIds whether the batch's are those with ids; if not, the others may have none either */
    TwinPairs(List<PostStart> batch, boolean batchHasIds) {
        this.batchHasIds = batchHasIds;
        this.size = batch.size();
        List<Prepared> prepared = batch.stream().map(PostStart::prepared).toList();
        this.ofMoments = prepared.stream().filter(one -> !one.tellsDayAlone()).collect(Collectors.groupingBy(one -> one.post().author()));
        this.alike = prepared.stream().collect(Collectors.groupingBy(Key::of));
    }

    void compare(PostStart stored) {
        if (!compared.add(stored.id())) {
            return;
        }
        Prepared other = stored.prepared();
        List<Prepared> sameText = alike.getOrDefault(Key.of(other), List.of());
        if (other.tellsDayAlone()) {
            compare(other, sameText);
        } else {
            compare(other, sameText.stream().filter(Prepared::tellsDayAlone).toList());
            compare(other, ofMoments.getOrDefault(stored.author(), List.of()));
        }
    }

    private void compare(Prepared other, List<Prepared> some) {
        for (Prepared one : some) {
            Prepared derived = batchHasIds ? other : one;
            Prepared real = batchHasIds ? one : other;
            Likeness likeness = derived.likeness(real);
            if (likeness != Likeness.NONE) {
                add(one.post().id(), new Pair(derived.post().id(), real.post().id(), likeness, derived.tellsDayAlone() || real.tellsDayAlone(), place++));
            }
        }
    }

    /** Of the pairs of one post in the batch the best are enough that are as many as the batch: one of them is not taken by another. */
    private void add(String ofBatch, Pair pair) {
        pairs.computeIfAbsent(ofBatch, id -> new BestOf<>(size, BEST_FIRST)).add(pair);
        if (pair.isUncertain()) {
            uncertain.merge(pair.derived(), 1, Integer::sum);
            uncertain.merge(pair.real(), 1, Integer::sum);
        }
    }

    /** Returns the ids of those with ids by the derived ones, each at most once; those that are most alike go first. */
    Map<String, String> best() {
        List<Pair> all = pairs.values().stream().flatMap(BestOf::stream).sorted(BEST_FIRST).toList();
        Map<String, String> best = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (Pair pair : all) {
            boolean certain = !pair.isUncertain() || uncertain.getOrDefault(pair.derived(), 0) + uncertain.getOrDefault(pair.real(), 0) == 2;
            if (certain && !taken.contains(pair.real()) && !best.containsKey(pair.derived())) {
                taken.add(pair.real());
                best.put(pair.derived(), pair.real());
            }
        }
        return best;
    }
}
