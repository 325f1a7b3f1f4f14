package social.coral.knowledge;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.knowledge.ItemRows.Extent;
import social.coral.knowledge.VectorRows.Row;

/** The index of vectors, of which one generation follows its rows. */
record FollowedVectors(TenantVectors vectors, int generation, Position position, VectorRows rows) implements FollowedIndex {

    @Override
    public long putAfter(long change, int limit) {
        List<Row> points = rows.after(generation, change, limit);
        put(points);
        return points.isEmpty() ? change : points.getLast().change();
    }

    @Override
    public boolean isAnyAfter(long change) {
        return rows.isAnyAfter(generation, change);
    }

    @Override
    public void put(Collection<UUID> items) {
        put(rows.of(generation, items));
    }

    private void put(List<Row> points) {
        if (!points.isEmpty()) {
            vectors.put(points.stream().map(Row::point).toList());
        }
    }

    @Override
    public void remove(Collection<UUID> items) {
        vectors.remove(items);
    }

    @Override
    public long count() {
        return vectors.count(generation);
    }

    @Override
    public List<UUID> items(@Nullable UUID after, int limit) {
        return vectors.items(generation, after, limit);
    }

    @Override
    public Extent stored() {
        return rows.extent(generation);
    }

    @Override
    public List<UUID> storedItems(@Nullable UUID after, int limit) {
        return rows.items(generation, after, limit);
    }

    @Override
    public void clear() {
        vectors.clear();
    }
}
