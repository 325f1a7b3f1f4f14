package social.coral.knowledge;

import io.grpc.Status;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.QuantizationConfig;
import io.qdrant.client.grpc.Collections.QuantizationType;
import io.qdrant.client.grpc.Collections.ScalarQuantization;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsBlockingStub;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.PointsGrpc;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The collection of all tenants' vectors. Vectors of one width are a space of their own. There are no links between vectors of different
 * tenants ({@code m = 0}), and the server refuses a filter that no index serves.
 */
final class QdrantCollection {

    static final String NAME = "coral_embeddings";

    /** The widths of the embeddings that there are; a vector of another is refused. */
    static final List<Integer> WIDTHS = List.of(384, 512, 1024, 1536, 3072);

    private static final int LINKS_WITHIN_A_TENANT = 16;
    private static final HnswConfigDiff LINKS = HnswConfigDiff.newBuilder().setM(0).setPayloadM(LINKS_WITHIN_A_TENANT).build();
    private static final StrictModeConfig STRICT = StrictModeConfig.newBuilder()
            .setEnabled(true)
            .setUnindexedFilteringRetrieve(false)
            .setUnindexedFilteringUpdate(false)
            .build();
    // A byte for each number, in memory; the numbers themselves stay on the disk and decide the order of the best.
    private static final QuantizationConfig BYTES = QuantizationConfig.newBuilder()
            .setScalar(ScalarQuantization.newBuilder().setType(QuantizationType.Int8).setQuantile(0.99f).setAlwaysRam(true))
            .build();

    private final QdrantConnection connection;
    private final String name;
    private final Duration patience;
    private final ReentrantLock making = new ReentrantLock();
    private volatile boolean ready;

    QdrantCollection(QdrantConnection connection, String name, Duration patience) {
        this.connection = connection;
        this.name = name;
        this.patience = patience;
    }

    String name() {
        return name;
    }

    /** Makes what is missing, once; afterwards again only when something seems to be missing. */
    void ensure() {
        if (ready) {
            return;
        }
        try {
            if (!making.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IndexFault("The vector server is still being prepared.", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while the vector server is prepared");
        }
        try {
            if (!ready) {
                make();
                ready = true;
            }
        } finally {
            making.unlock();
        }
    }

    /** Lets the next call look whether all is there, as after the server was emptied. */
    void doubt() {
        ready = false;
    }

    private void make() {
        CollectionInfo info = info().orElseGet(this::created);
        List<String> foreign = foreignWidths(info);
        if (!foreign.isEmpty()) {
            throw new IndexFault("The collection " + name + " has no room for vectors of " + String.join(", ", foreign) + " numbers.", null);
        }
        if (!isLinked(info) || !isStrict(info)) {
            connection.ask(collections(), patience, stub -> stub.update(
                    UpdateCollection.newBuilder().setCollectionName(name).setHnswConfig(LINKS).setStrictModeConfig(STRICT).build()));
        }
        missingIndexes(info).forEach(this::index);
    }

    /** Removes the collection with all vectors. */
    void remove() {
        connection.ask(collections(), patience, stub -> stub.delete(
                DeleteCollection.newBuilder().setCollectionName(name).setTimeout(Math.max(1, patience.toSeconds())).build()));
    }

    /** Reads the collection; empty when there is none. */
    Optional<CollectionInfo> info() {
        try {
            GetCollectionInfoRequest request = GetCollectionInfoRequest.newBuilder().setCollectionName(name).build();
            return Optional.of(connection.ask(collections(), patience, stub -> stub.get(request)).getResult());
        } catch (IndexFault fault) {
            if (fault.getCause() != null && Status.fromThrowable(fault.getCause()).getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    private CollectionInfo created() {
        VectorParamsMap.Builder spaces = VectorParamsMap.newBuilder();
        for (int width : WIDTHS) {
            spaces.putMap(space(width), VectorParams.newBuilder().setSize(width).setDistance(Distance.Cosine).setOnDisk(true).build());
        }
        CreateCollection request = CreateCollection.newBuilder()
                .setCollectionName(name)
                .setVectorsConfig(VectorsConfig.newBuilder().setParamsMap(spaces))
                .setHnswConfig(LINKS)
                .setQuantizationConfig(BYTES)
                .setStrictModeConfig(STRICT)
                .setTimeout(Math.max(1, patience.toSeconds()))
                .build();
        try {
            connection.ask(collections(), patience, stub -> stub.create(request));
        } catch (IndexFault fault) {
            // Another process may have been first.
            return info().orElseThrow(() -> fault);
        }
        return info().orElseThrow(() -> new IndexFault("The vector server does not keep the collection " + name + ".", null));
    }

    private void index(PointField field) {
        CreateFieldIndexCollection request = CreateFieldIndexCollection.newBuilder()
                .setCollectionName(name)
                .setWait(true)
                .setFieldName(field.key())
                .setFieldType(field.type())
                .setFieldIndexParams(field.index())
                .build();
        connection.ask(PointsGrpc.newBlockingStub(connection.channel()), patience, stub -> stub.createFieldIndex(request));
    }

    static String space(int width) {
        return Integer.toString(width);
    }

    static List<PointField> missingIndexes(CollectionInfo info) {
        return Arrays.stream(PointField.values())
                .filter(field -> !info.containsPayloadSchema(field.key()) || !field.isIndexedBy(info.getPayloadSchemaOrThrow(field.key())))
                .toList();
    }

    /** The widths that the collection has no space for, or one that measures in another way. */
    static List<String> foreignWidths(CollectionInfo info) {
        VectorParamsMap spaces = info.getConfig().getParams().getVectorsConfig().getParamsMap();
        return WIDTHS.stream().filter(width -> {
            VectorParams space = spaces.getMapOrDefault(space(width), VectorParams.getDefaultInstance());
            return space.getSize() != width || space.getDistance() != Distance.Cosine;
        }).map(QdrantCollection::space).toList();
    }

    static boolean isLinked(CollectionInfo info) {
        HnswConfigDiff links = info.getConfig().getHnswConfig();
        return links.hasM() && links.getM() == 0 && links.getPayloadM() == LINKS_WITHIN_A_TENANT;
    }

    static boolean isStrict(CollectionInfo info) {
        StrictModeConfig strict = info.getConfig().getStrictModeConfig();
        return strict.getEnabled() && strict.hasUnindexedFilteringRetrieve() && !strict.getUnindexedFilteringRetrieve()
                && strict.hasUnindexedFilteringUpdate() && !strict.getUnindexedFilteringUpdate();
    }

    private CollectionsBlockingStub collections() {
        return CollectionsGrpc.newBlockingStub(connection.channel());
    }
}
