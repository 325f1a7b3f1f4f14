package social.coral.knowledge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import social.coral.knowledge.ItemRows.Extent;

/**
 * Brings an index to what the database holds: what was added by its changes, in their order; what is missing or too much, whatever the
 * reason, by comparing the ids, once the counts differ.
 */
final class Follower {

    private static final int CHANGES = 200;
    private static final int IDS = 5_000;

    /** The order of ids as the database and the indexes have it, which is not Java's. */
    static final Comparator<UUID> BY_ID = Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private Follower() {}

    /** Puts what was added into the index until nothing is left or time is over. Returns whether nothing is left. */
    static boolean catchUp(FollowedIndex index, BooleanSupplier isOver, Runnable progress) {
        while (!isOver.getAsBoolean()) {
            long position = index.position().get();
            long next = index.putAfter(position, CHANGES);
            if (next == position) {
                return true;
            }
            index.position().moveTo(next);
            progress.run();
        }
        return false;
    }

    /**
     * Follows until nothing is left to do or time is over.
     *
     * @return whether the index holds what the database holds
     */
    static boolean follow(FollowedIndex index, BooleanSupplier isOver, Runnable progress) {
        while (catchUp(index, isOver, progress)) {
            long position = index.position().get();
            Extent stored = index.stored();
            if (stored.lastChange() > position) {
                continue;
            }
            if (stored.count() == index.count() && stored.lastChange() == position) {
                return true;
            }
            // Rows are gone, or a database that was restored from before the index goes on with numbers that the index has seen.
            if (!compare(index, isOver)) {
                return false;
            }
            index.position().moveTo(stored.lastChange());
            progress.run();
        }
        return false;
    }

    /** Heals every difference between the index and the database, however it came. Returns whether it got through. */
    static boolean compare(FollowedIndex index, BooleanSupplier isOver) {
        UUID after = null;
        while (!isOver.getAsBoolean()) {
            List<UUID> indexed = index.items(after, IDS);
            List<UUID> stored = index.storedItems(after, IDS);
            UUID end = end(indexed, stored);
            Set<UUID> superfluous = upTo(indexed, end);
            Set<UUID> missing = upTo(stored, end);
            Set<UUID> both = new HashSet<>(superfluous);
            both.retainAll(missing);
            superfluous.removeAll(both);
            missing.removeAll(both);
            if (!superfluous.isEmpty()) {
                index.remove(superfluous);
            }
            List<UUID> toPut = new ArrayList<>(missing);
            for (int from = 0; from < toPut.size(); from += CHANGES) {
                index.put(toPut.subList(from, Math.min(from + CHANGES, toPut.size())));
            }
            if (end == null) {
                return true;
            }
            after = end;
        }
        return false;
    }

    /** The id up to which both lists tell everything; null when they tell everything there is. */
    private static @Nullable UUID end(List<UUID> indexed, List<UUID> stored) {
        UUID ofIndex = indexed.size() < IDS ? null : indexed.getLast();
        UUID ofDatabase = stored.size() < IDS ? null : stored.getLast();
        if (ofIndex == null || ofDatabase == null) {
            return ofIndex == null ? ofDatabase : ofIndex;
        }
        return BY_ID.compare(ofIndex, ofDatabase) < 0 ? ofIndex : ofDatabase;
    }

    private static Set<UUID> upTo(List<UUID> ids, @Nullable UUID end) {
        Set<UUID> kept = new HashSet<>();
        for (UUID id : ids) {
            if (end == null || BY_ID.compare(id, end) <= 0) {
                kept.add(id);
            }
        }
        return kept;
    }
}
