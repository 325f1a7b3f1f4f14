package social.coral.knowledge;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.knowledge.ItemRows.Extent;

/** An index of a tenant beside the rows that it is derived from. */
interface FollowedIndex {

    Position position();

    /** Puts so many rows that came after a change into the index, and returns the change of the last of them; the same change if there are none. */
    long putAfter(long change, int limit);

    /** Whether there are rows that came after a change. */
    boolean isAnyAfter(long change);

    void put(Collection<UUID> items);

    void remove(Collection<UUID> items);

    long count();

    List<UUID> items(@Nullable UUID after, int limit);

    Extent stored();

    List<UUID> storedItems(@Nullable UUID after, int limit);

    void clear();
}
