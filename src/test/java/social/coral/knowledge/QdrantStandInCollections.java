package social.coral.knowledge;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.CollectionsGrpc;

final class QdrantStandInCollections extends CollectionsGrpc.CollectionsImplBase {

    private final QdrantStandIn server;

    QdrantStandInCollections(QdrantStandIn server) {
        this.server = server;
    }

    @Override
    public void get(GetCollectionInfoRequest request, StreamObserver<GetCollectionInfoResponse> answer) {
        try {
            QdrantStandInCollection found = server.collection(request.getCollectionName());
            answer.onNext(GetCollectionInfoResponse.newBuilder()
                    .setResult(CollectionInfo.newBuilder().setConfig(found.config).putAllPayloadSchema(found.indexes).setPointsCount(found.points.size()))
                    .build());
            answer.onCompleted();
        } catch (StatusRuntimeException e) {
            answer.onError(e);
        }
    }

    @Override
    public void create(CreateCollection request, StreamObserver<CollectionOperationResponse> answer) {
        CollectionConfig config = CollectionConfig.newBuilder()
                .setParams(CollectionParams.newBuilder().setVectorsConfig(request.getVectorsConfig()))
                .setHnswConfig(request.getHnswConfig())
                .setQuantizationConfig(request.getQuantizationConfig())
                .setStrictModeConfig(request.getStrictModeConfig())
                .build();
        if (server.collections.putIfAbsent(request.getCollectionName(), new QdrantStandInCollection(config)) != null) {
            answer.onError(Status.ALREADY_EXISTS.withDescription("Wrong input: Collection `" + request.getCollectionName() + "` already exists!").asException());
            return;
        }
        done(answer);
    }

    @Override
    public void update(UpdateCollection request, StreamObserver<CollectionOperationResponse> answer) {
        QdrantStandInCollection found = server.collection(request.getCollectionName());
        found.config = found.config.toBuilder()
                .mergeHnswConfig(request.getHnswConfig())
                .mergeStrictModeConfig(request.getStrictModeConfig())
                .build();
        done(answer);
    }

    @Override
    public void delete(DeleteCollection request, StreamObserver<CollectionOperationResponse> answer) {
        server.collections.remove(request.getCollectionName());
        done(answer);
    }

    private static void done(StreamObserver<CollectionOperationResponse> answer) {
        answer.onNext(CollectionOperationResponse.newBuilder().setResult(true).build());
        answer.onCompleted();
    }
}
