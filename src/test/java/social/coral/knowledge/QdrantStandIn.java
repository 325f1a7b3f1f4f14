package social.coral.knowledge;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.QdrantGrpc;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;
import social.coral.installation.FreePort;

/**
 * A Qdrant in memory, made from its published .proto files and stricter than it: it refuses every call on points that is not about one
 * tenant's. It can be down, silent, emptied, and answer with faults.
 */
final class QdrantStandIn implements AutoCloseable {

    private static final Metadata.Key<String> API_KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

    /** What it does in place of its work. */
    enum Fault {
        /** It receives calls and never answers. */
        SILENT,
        /** It says that a change is received, and not that it is done. */
        UNFINISHED,
        /** It answers with points of everybody. */
        MIXED_UP,
        /** It answers with more than anybody asked for. */
        HUGE
    }

    final Map<String, QdrantStandInCollection> collections = new ConcurrentHashMap<>();
    final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    volatile @Nullable Fault fault;
    /** What every call is refused with. */
    volatile @Nullable Status refusal;
    volatile String version = "1.18.2";

    private final String key;
    private final int port;
    private @Nullable Server server;

    QdrantStandIn(String key) {
        this.key = key;
        this.port = FreePort.find();
        up();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    QdrantSettings settings() {
        return new QdrantSettings(url(), key);
    }

    /** The settings of an operator whose server is there. */
    static Environment environment(String host, String key) {
        return new MockEnvironment().withProperty("coral.knowledge.qdrant.host", host).withProperty("coral.knowledge.qdrant.api-key", key);
    }

    int asked(String method) {
        return asked.getOrDefault(method, new AtomicInteger()).get();
    }

    int asked() {
        return asked.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Comes back at the same address, with what it had. */
    void up() {
        try {
            server = Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                    .addService(new Health())
                    .addService(new QdrantStandInCollections(this))
                    .addService(new QdrantStandInPoints(this))
                    .maxInboundMessageSize(32 << 20)
                    .intercept(new Door())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void down() {
        Server running = server;
        if (running != null) {
            running.shutdownNow();
            try {
                running.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The collection, or the answer that Qdrant gives when there is none. */
    QdrantStandInCollection collection(String name) {
        QdrantStandInCollection found = collections.get(name);
        if (found == null) {
            throw Status.NOT_FOUND.withDescription("Not found: Collection `" + name + "` doesn't exist!").asRuntimeException();
        }
        return found;
    }

    @Override
    public void close() {
        down();
    }

    private final class Door implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String method = call.getMethodDescriptor().getBareMethodName();
            asked.computeIfAbsent(String.valueOf(method), name -> new AtomicInteger()).incrementAndGet();
            Status refused = refusal;
            if (fault == Fault.SILENT) {
                return new ServerCall.Listener<>() {};
            }
            // As Qdrant's, its health can be asked for by everybody.
            if (!key.isEmpty() && !"HealthCheck".equals(method) && !key.equals(headers.get(API_KEY))) {
                refused = Status.UNAUTHENTICATED.withDescription("Must provide an API key or an Authorization bearer token");
            }
            if (refused != null) {
                call.close(refused, new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }

    private final class Health extends QdrantGrpc.QdrantImplBase {

        @Override
        public void healthCheck(HealthCheckRequest request, StreamObserver<HealthCheckReply> answer) {
            answer.onNext(HealthCheckReply.newBuilder().setTitle("qdrant - vector search engine").setVersion(version).build());
            answer.onCompleted();
        }
    }
}
