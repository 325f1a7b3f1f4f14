package social.coral.knowledge;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.value;

import io.grpc.Status;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.OrderBy;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.QuantizationSearchParams;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.StartFrom;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.qdrant.client.grpc.PointsGrpc.PointsBlockingStub;
import io.qdrant.client.grpc.PointsGrpc;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import social.coral.knowledge.TenantVectors.Point;
import social.coral.tenancy.Tenant;

/**
 * Every call on points that there is. Each takes a {@link TenantFilter} and no other filter, and points are named and marked by its
 * tenant. There is no call by a point's id, since the server would not ask whose it is.
 */
final class QdrantPoints {

    /** What one page of a scroll holds at most. */
    static final int PAGE = 1000;

    private static final WithPayloadSelector ONLY_ITEM = WithPayloadSelectorFactory.include(List.of(PointField.ITEM.key()));
    // Twice as many are found by the bytes as are wanted, and ordered by the numbers themselves.
    private static final SearchParams RESCORED = SearchParams.newBuilder()
            .setQuantization(QuantizationSearchParams.newBuilder().setRescore(true).setOversampling(2))
            .build();
    private static final Set<Status.Code> OF_A_CHANGED_COLLECTION = Set.of(Status.Code.NOT_FOUND, Status.Code.INVALID_ARGUMENT, Status.Code.FAILED_PRECONDITION);

    private final QdrantConnection connection;
    private final QdrantCollection collection;
    private final Patience patience;

    /**
     * How long the server has for an answer.
     *
     * @param trial to say that it is there again, which somebody waits for
     */
    record Patience(Duration read, Duration write, Duration trial) {

        static final Patience USUAL = new Patience(Duration.ofSeconds(3), Duration.ofSeconds(20), Duration.ofSeconds(1));
    }

    QdrantPoints(QdrantConnection connection, QdrantCollection collection, Patience patience) {
        this.connection = connection;
        this.collection = collection;
        this.patience = patience;
    }

    void put(TenantFilter owner, List<Point> points) {
        UpsertPoints request = UpsertPoints.newBuilder()
                .setCollectionName(collection.name())
                .setWait(true)
                .addAllPoints(points.stream().map(point -> struct(owner.tenant(), point)).toList())
                // Whatever is stored under one of the ids stays if it is not the tenant's.
                .setUpdateFilter(owner.filter())
                .setTimeout(seconds(patience.write()))
                .build();
        written(ask(patience.write(), stub -> stub.upsert(request)));
    }

    void delete(TenantFilter filter) {
        DeletePoints request = DeletePoints.newBuilder()
                .setCollectionName(collection.name())
                .setWait(true)
                .setPoints(PointsSelector.newBuilder().setFilter(filter.filter()))
                .setTimeout(seconds(patience.write()))
                .build();
        written(ask(patience.write(), stub -> stub.delete(request)));
    }

    List<ScoredPoint> near(TenantFilter filter, float[] vector, int limit) {
        QueryPoints request = QueryPoints.newBuilder()
                .setCollectionName(collection.name())
                .setQuery(nearest(vector))
                .setUsing(QdrantCollection.space(vector.length))
                .setFilter(filter.filter())
                .setLimit(limit)
                .setParams(RESCORED)
                .setWithPayload(ONLY_ITEM)
                .setTimeout(seconds(patience.read()))
                .build();
        return ask(patience.read(), stub -> stub.query(request)).getResultList();
    }

    long count(TenantFilter filter) {
        CountPoints request = CountPoints.newBuilder()
                .setCollectionName(collection.name())
                .setFilter(filter.filter())
                .setExact(true)
                .setTimeout(seconds(patience.read()))
                .build();
        return ask(patience.read(), stub -> stub.count(request)).getResult().getCount();
    }

    /** Points in the order of how their items' ids start, from a start on. */
    List<RetrievedPoint> byStart(TenantFilter filter, long from, int limit) {
        OrderBy order = OrderBy.newBuilder().setKey(PointField.ITEM_START.key()).setStartFrom(StartFrom.newBuilder().setInteger(from)).build();
        return scrolled(scroll(filter, limit).setOrderBy(order)).getResultList();
    }

    /** Gives all points to a consumer, page by page and in no order. */
    void each(TenantFilter filter, Consumer<RetrievedPoint> consumer) {
        ScrollPoints.Builder scroll = scroll(filter, PAGE);
        ScrollResponse page;
        do {
            page = scrolled(scroll);
            page.getResultList().forEach(consumer);
            scroll.setOffset(page.getNextPageOffset());
        } while (page.hasNextPageOffset());
    }

    private ScrollPoints.Builder scroll(TenantFilter filter, int limit) {
        return ScrollPoints.newBuilder()
                .setCollectionName(collection.name())
                .setFilter(filter.filter())
                .setLimit(limit)
                .setWithPayload(ONLY_ITEM)
                .setTimeout(seconds(patience.read()));
    }

    private ScrollResponse scrolled(ScrollPoints.Builder request) {
        return ask(patience.read(), stub -> stub.scroll(request.build()));
    }

    private static PointStruct struct(Tenant tenant, Point point) {
        Map<String, Value> payload = new HashMap<>();
        payload.put(PointField.TENANT.key(), value(tenant.id().toString()));
        payload.put(PointField.ITEM.key(), value(point.item().toString()));
        payload.put(PointField.ITEM_START.key(), value(start(point.item())));
        payload.put(PointField.GENERATION.key(), value(point.generation()));
        payload.put(PointField.KIND.key(), value(point.kind()));
        payload.put(PointField.WRITTEN_AT.key(), value(PointField.bounded(point.writtenAt()).toString()));
        if (point.author() != null) {
            payload.put(PointField.AUTHOR.key(), value(point.author()));
        }
        return PointStruct.newBuilder()
                .setId(id(PointIds.of(tenant, point.item(), point.generation())))
                .putAllPayload(payload)
                .setVectors(VectorsFactory.namedVectors(Map.of(QdrantCollection.space(point.vector().length), VectorFactory.vector(point.vector()))))
                .build();
    }

    /** The first 48 bits of an id; the server orders by numbers of 53 bits at most. */
    static long start(UUID item) {
        return item.getMostSignificantBits() >>> 16;
    }

    private <T extends Object> T ask(Duration time, Function<PointsBlockingStub, T> call) {
        collection.ensure();
        try {
            return connection.ask(PointsGrpc.newBlockingStub(connection.channel()), time, call);
        } catch (IndexFault fault) {
            if (fault.getCause() != null && OF_A_CHANGED_COLLECTION.contains(Status.fromThrowable(fault.getCause()).getCode())) {
                collection.doubt();
            }
            throw fault;
        }
    }

    private static void written(PointsOperationResponse answer) {
        if (answer.getResult().getStatus() != UpdateStatus.Completed) {
            throw new IndexFault("The vector server has not finished a change in time.", null);
        }
    }

    private static long seconds(Duration time) {
        return Math.max(1, time.toSeconds());
    }
}
