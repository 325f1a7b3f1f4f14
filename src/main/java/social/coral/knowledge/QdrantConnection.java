package social.coral.knowledge;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.qdrant.client.grpc.QdrantGrpc;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.egress.GrpcChannels;
import social.coral.installation.FaultReasons;

/** The connection to the server, shared by all tenants. Every call has a deadline, and one that fails is an {@link IndexFault}. */
final class QdrantConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(QdrantConnection.class);

    /** A page of ids or hits takes a hundredth of it. */
    private static final int MAX_ANSWER = 8 << 20;

    private static final Metadata.Key<String> API_KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);
    private static final int LONGEST_REASON = 300;

    private final String address;
    private final ManagedChannel server;
    private final Channel channel;
    private final Circuit circuit;
    private final Duration trial;

    /** @param trial how long a server that was down has to say that it is there again */
    QdrantConnection(QdrantSettings settings, Circuit circuit, Duration trial) {
        this.address = settings.server().getAuthority();
        this.server = GrpcChannels.open(settings.server(), MAX_ANSWER);
        this.circuit = circuit;
        this.trial = trial;
        Metadata headers = new Metadata();
        if (!settings.apiKey().isEmpty()) {
            headers.put(API_KEY, settings.apiKey());
        }
        this.channel = ClientInterceptors.intercept(server, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** Asks for the server's version, which needs no key. */
    String version() {
        return ask(QdrantGrpc.newBlockingStub(channel), trial, stub -> stub.healthCheck(HealthCheckRequest.getDefaultInstance())).getVersion();
    }

    Channel channel() {
        return channel;
    }

    <S extends AbstractStub<S>, T extends Object> T ask(S stub, Duration patience, Function<S, T> call) {
        boolean trying = circuit.enter();
        boolean known = false;
        try {
            if (trying) {
                find();
            }
            T answer = call.apply(timed(stub, patience));
            known = true;
            answered();
            return answer;
        } catch (StatusRuntimeException e) {
            known = true;
            tell(e.getStatus(), trying);
            throw fault(e);
        } finally {
            if (!known) {
                circuit.left(trying);
            }
        }
    }

    private static <S extends AbstractStub<S>> S timed(S stub, Duration patience) {
        return stub.withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The channel pauses between its own attempts to connect, for minutes in the end. Here the circuit says when there is one. */
    private void find() {
        server.resetConnectBackoff();
        timed(QdrantGrpc.newBlockingStub(channel), trial).withWaitForReady().healthCheck(HealthCheckRequest.getDefaultInstance());
    }

    private void tell(Status status, boolean trying) {
        boolean lost = switch (status.getCode()) {
            case UNAVAILABLE -> circuit.failed(trying);
            case DEADLINE_EXCEEDED -> circuit.slow(trying);
            case CANCELLED -> {
                circuit.left(trying);
                yield false;
            }
            default -> {
                answered();
                yield false;
            }
        };
        if (lost) {
            log.warn("The vector server at {} does not answer ({}). Searches answer from words alone until it does.", address, status.getCode());
        }
    }

    private void answered() {
        if (circuit.answered()) {
            log.info("The vector server at {} answers again.", address);
        }
    }

    private static RuntimeException fault(StatusRuntimeException e) {
        if (e.getStatus().getCode() == Status.Code.CANCELLED && Thread.currentThread().isInterrupted()) {
            return new CancellationException("interrupted while waiting for the vector server");
        }
        return new IndexFault(switch (e.getStatus().getCode()) {
            case UNAVAILABLE -> "The vector server cannot be reached.";
            case DEADLINE_EXCEEDED -> "The vector server did not answer in time.";
            case UNAUTHENTICATED, PERMISSION_DENIED -> "The vector server refuses QDRANT_API_KEY.";
            default -> "The vector server refused a call: " + reason(e);
        }, e);
    }

    /** Of a proxy in between it can be a whole page. */
    private static String reason(StatusRuntimeException e) {
        String line = FaultReasons.firstLine(e);
        return line.substring(0, Math.min(line.length(), LONGEST_REASON));
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
