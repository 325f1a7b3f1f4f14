package social.coral.knowledge;

import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.tenancy.Tenant;

/** One tenant's vectors in the server. */
final class QdrantTenant implements TenantVectors {

    private static final int MAX_BATCH_BYTES = 1 << 20;
    /** What a point weighs besides its vector. */
    private static final int PAYLOAD_BYTES = 400;
    private static final int MAX_ITEMS_IN_A_FILTER = 500;
    private static final int MAX_HITS = 1000;

    private final QdrantPoints points;
    private final Tenant tenant;
    private final TenantFilter all;

    QdrantTenant(QdrantPoints points, Tenant tenant) {
        this.points = points;
        this.tenant = tenant;
        this.all = TenantFilter.of(tenant);
    }

    @Override
    public void put(List<Point> added) {
        added.forEach(point -> check(point.vector()));
        List<Point> batch = new ArrayList<>();
        int bytes = 0;
        for (Point point : added) {
            int more = point.vector().length * Float.BYTES + PAYLOAD_BYTES;
            if (bytes + more > MAX_BATCH_BYTES) {
                points.put(all, batch);
                batch.clear();
                bytes = 0;
            }
            batch.add(point);
            bytes += more;
        }
        if (!batch.isEmpty()) {
            points.put(all, batch);
        }
    }

    private static void check(float[] vector) {
        if (!QdrantCollection.WIDTHS.contains(vector.length)) {
            throw new IllegalArgumentException("vectors have one of these widths: " + QdrantCollection.WIDTHS + ", not " + vector.length);
        }
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                throw new IllegalArgumentException("a vector has a number that is not finite");
            }
        }
    }

    @Override
    public void remove(Collection<UUID> items) {
        List<UUID> left = List.copyOf(items);
        for (int from = 0; from < left.size(); from += MAX_ITEMS_IN_A_FILTER) {
            points.delete(all.items(left.subList(from, Math.min(left.size(), from + MAX_ITEMS_IN_A_FILTER))));
        }
    }

    @Override
    public void removeBefore(int generation) {
        points.delete(all.before(generation));
    }

    @Override
    public void removeAfter(int generation) {
        points.delete(all.after(generation));
    }

    @Override
    public void clear() {
        points.delete(all);
    }

    @Override
    public long count(int generation) {
        return points.count(all.generation(generation));
    }

    @Override
    public long count() {
        return points.count(all);
    }

    @Override
    public List<Hit> nearest(int generation, float[] vector, Narrowing narrowing, int limit) {
        check(vector);
        if (limit < 1) {
            return List.of();
        }
        return points.near(all.generation(generation).narrowed(narrowing), vector, Math.min(limit, MAX_HITS)).stream()
                .map(found -> new Hit(item(found.getId(), found.getPayloadMap(), generation), found.getScore()))
                .toList();
    }

    @Override
    public List<UUID> items(int generation, @Nullable UUID after, int limit) {
        List<UUID> items = new ArrayList<>();
        UUID last = after;
        while (items.size() < limit) {
            int wanted = Math.min(limit - items.size(), QdrantPoints.PAGE - 1);
            List<UUID> page = page(generation, last, wanted);
            items.addAll(page);
            if (page.size() < wanted) {
                break;
            }
            last = page.getLast();
        }
        return items;
    }

    /** The server orders by how ids start; among those that start alike the order is made here. */
    private List<UUID> page(int generation, @Nullable UUID after, int limit) {
        List<UUID> items = new ArrayList<>();
        long from = 0;
        if (after != null) {
            from = QdrantPoints.start(after) + 1;
            items.addAll(startingAlike(generation, QdrantPoints.start(after), after, limit));
        }
        int room = limit - items.size();
        if (room == 0) {
            return items;
        }
        // One more than there is room for shows whether the last ones are all that start alike.
        List<UUID> next = points.byStart(all.generation(generation), from, room + 1).stream().map(point -> item(point, generation)).sorted(Follower.BY_ID).toList();
        if (next.size() <= room) {
            items.addAll(next);
            return items;
        }
        long cut = QdrantPoints.start(next.getLast());
        next.stream().filter(item -> QdrantPoints.start(item) < cut).forEach(items::add);
        if (items.size() < limit) {
            items.addAll(startingAlike(generation, cut, null, limit - items.size()));
        }
        return items;
    }

    private List<UUID> startingAlike(int generation, long start, @Nullable UUID after, int limit) {
        TreeSet<UUID> first = new TreeSet<>(Follower.BY_ID);
        points.each(all.generation(generation).start(start), point -> {
            UUID item = item(point, generation);
            if (after == null || Follower.BY_ID.compare(item, after) > 0) {
                first.add(item);
                if (first.size() > limit) {
                    first.pollLast();
                }
            }
        });
        return List.copyOf(first);
    }

    private UUID item(RetrievedPoint point, int generation) {
        return item(point.getId(), point.getPayloadMap(), generation);
    }

    /** The item of a point, which has the id that this tenant's point for it has, or the server has answered with something else. */
    private UUID item(PointId id, Map<String, Value> payload, int generation) {
        try {
            UUID item = UUID.fromString(payload.getOrDefault(PointField.ITEM.key(), Value.getDefaultInstance()).getStringValue());
            if (UUID.fromString(id.getUuid()).equals(PointIds.of(tenant, item, generation))) {
                return item;
            }
        } catch (IllegalArgumentException e) {
            // Neither is an id.
        }
        throw new IndexFault("The vector server answered with a point that was not asked for.", null);
    }
}
