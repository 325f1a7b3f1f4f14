package social.coral.knowledge;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The vectors of one tenant in an index. {@link IndexFault} where the index cannot be reached or does not work. */
interface TenantVectors {

    /**
     * A vector with what a search can be narrowed by.
     *
     * @param item the id of the piece of text
     * @param generation which embedding made the vector; only vectors of one generation can be compared
     */
    record Point(UUID item, int generation, float[] vector, String kind, @Nullable String author, Instant writtenAt) {}

    /** What a search is narrowed by; null is everything. Times are from (inclusive) and to (exclusive). */
    record Narrowing(@Nullable String kind, @Nullable String author, @Nullable Instant from, @Nullable Instant to) {

        static final Narrowing NONE = new Narrowing(null, null, null, null);
    }

    /** @param similarity the cosine of both vectors, from -1 to 1 */
    record Hit(UUID item, float similarity) {}

    /** Adds points, or replaces those of the same item and generation. */
    void put(List<Point> points);

    /** Removes the points of these items, of all generations. */
    void remove(Collection<UUID> items);

    /** Removes all points of older generations. */
    void removeBefore(int generation);

    /** Removes the points of all later generations. */
    void removeAfter(int generation);

    /** The points of a generation that are nearest to a vector, the nearest first. */
    List<Hit> nearest(int generation, float[] vector, Narrowing narrowing, int limit);

    /** Counts the points of a generation, exactly. */
    long count(int generation);

    /** Counts all points of the tenant, exactly. */
    long count();

    /** The items of the points of a generation in the order of their ids, which is PostgreSQL's, those after {@code after} only. */
    List<UUID> items(int generation, @Nullable UUID after, int limit);

    /** Takes what was removed out of the files as well, where they are this process's. */
    default void expunge() {}

    /** Where an index of this process alone notes how far it follows a generation; empty for one that processes share. */
    default Optional<Position> position(int generation) {
        return Optional.empty();
    }

    /** Removes everything of the tenant, and mends an index that does not work. */
    void clear();
}
