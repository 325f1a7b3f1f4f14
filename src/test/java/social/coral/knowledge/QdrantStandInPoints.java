package social.coral.knowledge;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.qdrant.client.grpc.PointsGrpc;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the stand-in does with points. Calls that the product does not make are not there, and answer so. */
final class QdrantStandInPoints extends PointsGrpc.PointsImplBase {

    private final QdrantStandIn server;

    QdrantStandInPoints(QdrantStandIn server) {
        this.server = server;
    }

    @Override
    public void createFieldIndex(CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> answer) {
        answered(answer, request.getCollectionName(), collection -> {
            PayloadSchemaType type = PayloadSchemaType.valueOf(request.getFieldType().name().substring("FieldType".length()));
            collection.indexes.put(request.getFieldName(), PayloadSchemaInfo.newBuilder().setDataType(type).setParams(request.getFieldIndexParams()).build());
            return written();
        });
    }

    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> answer) {
        answered(answer, request.getCollectionName(), collection -> {
            collection.requireOneTenant(request.getUpdateFilter());
            for (PointStruct point : request.getPointsList()) {
                UUID.fromString(point.getId().getUuid());
                if (!collection.lets(request.getUpdateFilter(), point)) {
                    throw QdrantStandInCollection.refused("A point of another tenant than the call's");
                }
                point.getVectors().getVectors().getVectorsMap().forEach((space, vector) ->
                        requireWidth(collection, space, vector.getDense().getDataCount()));
            }
            for (PointStruct point : request.getPointsList()) {
                PointStruct present = collection.points.get(point.getId().getUuid());
                if (present == null || collection.lets(request.getUpdateFilter(), present)) {
                    collection.points.put(point.getId().getUuid(), point);
                }
            }
            return written();
        });
    }

    @Override
    public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> answer) {
        answered(answer, request.getCollectionName(), collection -> {
            collection.matching(request.getPoints().getFilter()).forEach(point -> collection.points.remove(point.getId().getUuid()));
            return written();
        });
    }

    @Override
    public void count(CountPoints request, StreamObserver<CountResponse> answer) {
        answered(answer, request.getCollectionName(), collection -> {
            if (!request.getExact()) {
                throw QdrantStandInCollection.refused("An estimate is not expected of this product");
            }
            return CountResponse.newBuilder().setResult(CountResult.newBuilder().setCount(matching(collection, request.getFilter()).size())).build();
        });
    }

    @Override
    public void query(QueryPoints request, StreamObserver<QueryResponse> answer) {
        answered(answer, request.getCollectionName(), collection -> {
            List<Float> wanted = request.getQuery().getNearest().getDense().getDataList();
            requireWidth(collection, request.getUsing(), wanted.size());
            return QueryResponse.newBuilder().addAllResult(matching(collection, request.getFilter()).stream()
                    .filter(point -> point.getVectors().getVectors().containsVectors(request.getUsing()))
                    .map(point -> ScoredPoint.newBuilder()
                            .setId(point.getId())
                            .putAllPayload(shown(point, request.getWithPayload()))
                            .setScore(cosine(wanted, point.getVectors().getVectors().getVectorsOrThrow(request.getUsing()).getDense().getDataList()))
                            .build())
                    .sorted(Comparator.comparing(ScoredPoint::getScore).reversed())
                    .limit(request.getLimit())
                    .toList()).build();
        });
    }

    @Override
    public void scroll(ScrollPoints request, StreamObserver<ScrollResponse> answer) {
        answered(answer, request.getCollectionName(), collection -> {
            Stream<PointStruct> found = matching(collection, request.getFilter()).stream();
            if (request.hasOrderBy()) {
                String key = request.getOrderBy().getKey();
                if (request.hasOffset() || collection.indexes.get(key) == null || !collection.indexes.get(key).getParams().getIntegerIndexParams().getRange()) {
                    throw QdrantStandInCollection.refused("No range index for `order_by` key, or an offset beside it");
                }
                // As in Qdrant, a number to start from is rounded.
                double from = (double) request.getOrderBy().getStartFrom().getInteger();
                found = found.filter(point -> point.getPayloadOrThrow(key).getIntegerValue() >= from)
                        .sorted(Comparator.comparing(point -> point.getPayloadOrThrow(key).getIntegerValue()));
            } else if (request.hasOffset()) {
                found = found.filter(point -> point.getId().getUuid().compareTo(request.getOffset().getUuid()) >= 0);
            }
            List<PointStruct> page = found.limit(request.getLimit() + 1L).toList();
            ScrollResponse.Builder response = ScrollResponse.newBuilder().addAllResult(page.stream().limit(request.getLimit())
                    .map(point -> RetrievedPoint.newBuilder().setId(point.getId()).putAllPayload(shown(point, request.getWithPayload())).build())
                    .toList());
            if (!request.hasOrderBy() && page.size() > request.getLimit()) {
                response.setNextPageOffset(page.getLast().getId());
            }
            return response.build();
        });
    }

    private List<PointStruct> matching(QdrantStandInCollection collection, Filter filter) {
        List<PointStruct> matching = collection.matching(filter);
        return server.fault == QdrantStandIn.Fault.MIXED_UP ? List.copyOf(collection.points.values()) : matching;
    }

    private Map<String, Value> shown(PointStruct point, WithPayloadSelector selector) {
        if (server.fault == QdrantStandIn.Fault.HUGE) {
            return Map.of("item_id", Value.newBuilder().setStringValue("x".repeat(9 << 20)).build());
        }
        return selector.getInclude().getFieldsList().stream().filter(point::containsPayload)
                .collect(Collectors.toMap(Function.identity(), point::getPayloadOrThrow));
    }

    private static void requireWidth(QdrantStandInCollection collection, String space, int width) {
        VectorParams params = collection.config.getParams().getVectorsConfig().getParamsMap().getMapMap().get(space);
        if (params == null || params.getSize() != width) {
            throw QdrantStandInCollection.refused("Wrong input: Vector dimension error: expected dim: " + space + ", got " + width);
        }
    }

    private static float cosine(List<Float> one, List<Float> other) {
        double product = 0;
        double lengths = 0;
        double others = 0;
        for (int i = 0; i < one.size(); i++) {
            product += one.get(i) * other.get(i);
            lengths += one.get(i) * one.get(i);
            others += other.get(i) * other.get(i);
        }
        return (float) (product / Math.sqrt(lengths * others));
    }

    private PointsOperationResponse written() {
        UpdateStatus status = server.fault == QdrantStandIn.Fault.UNFINISHED ? UpdateStatus.WaitTimeout : UpdateStatus.Completed;
        return PointsOperationResponse.newBuilder().setResult(UpdateResult.newBuilder().setStatus(status)).build();
    }

    private <T extends Object> void answered(StreamObserver<T> answer, String name, Function<QdrantStandInCollection, T> work) {
        try {
            QdrantStandInCollection collection = server.collection(name);
            synchronized (collection) {
                answer.onNext(work.apply(collection));
            }
            answer.onCompleted();
        } catch (StatusRuntimeException e) {
            answer.onError(e);
        }
    }
}
