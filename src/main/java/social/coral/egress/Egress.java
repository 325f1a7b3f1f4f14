package social.coral.egress;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.egress.EgressFault.Kind;

/**
 * The one gate through which HTTP leaves this process. Checks the address before connecting, follows no redirect, and
 * holds each call to the time and size of its {@link Purpose}.
 */
public final class Egress implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Egress.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Destinations destinations;

    /** No proxy: the address that was checked is the one that is connected to. */
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    Egress(Destinations destinations) {
        this.destinations = destinations;
    }

    /**
     * Sends the request and gives the whole answer, whatever its status.
     *
     * @throws EgressFault when there is no answer to give
     * @throws CancellationException when the calling thread is interrupted; it stays interrupted
     */
    public EgressReply send(Purpose purpose, HttpRequest request) {
        Destination destination = destinations.check(request.uri());
        long start = System.nanoTime();
        try {
            HttpResponse<byte[]> response = exchange(purpose, request, destination);
            EgressReply reply = new EgressReply(response.statusCode(), response.headers(), text(purpose, response));
            log.debug("{}: {} {} answered {} after {} ms", purpose.name(), request.method(), destination.host(), reply.status(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            return reply;
        } catch (IOException e) {
            EgressFault fault = fault(purpose, destination.host(), e);
            log.debug("{}: {} {}: {}", purpose.name(), request.method(), destination.host(), fault.kind());
            throw fault;
        }
    }

    /** Lets calls reach a server that this process started on its own loopback interface. */
    public void allowOwn(InetSocketAddress server) {
        destinations.allowed().allowOwn(server);
    }

    /** The request's own time-out ends with the headers; this one covers the body too, so that a trickle cannot hold a caller. */
    private HttpResponse<byte[]> exchange(Purpose purpose, HttpRequest request, Destination destination) throws IOException {
        HttpRequest.Builder prepared = HttpRequest.newBuilder(request, (name, value) -> true).setHeader("Accept-Encoding", "gzip");
        if ("http".equalsIgnoreCase(request.uri().getScheme())) {
            prepared.version(HttpClient.Version.HTTP_1_1);
        }
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(prepared.build(), answer -> new BoundedBody(purpose.maxBytes()));
        try {
            return exchange.get(purpose.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new EgressFault(Kind.TIMED_OUT, "The host " + destination.host() + " did not answer within "
                    + purpose.timeout().toSeconds() + " seconds", null);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for an answer");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }

    private static String text(Purpose purpose, HttpResponse<byte[]> response) throws IOException {
        boolean zipped = response.headers().firstValue("Content-Encoding").filter("gzip"::equalsIgnoreCase).isPresent();
        byte[] body = response.body();
        return new String(zipped && body.length > 0 ? BoundedBody.unzip(body, purpose.maxBytes()) : body, StandardCharsets.UTF_8);
    }

    private static EgressFault fault(Purpose purpose, String host, IOException e) {
        if (caused(e, BoundedBody.TooLarge.class) != null) {
            return new EgressFault(Kind.TOO_LARGE, "The host " + host + " answered with more than "
                    + purpose.maxBytes() / 1024 + " KB, so the answer was dropped", null);
        }
        if (caused(e, HttpConnectTimeoutException.class) != null || caused(e, ConnectException.class) != null) {
            return new EgressFault(Kind.UNREACHABLE, "The host " + host + " accepts no connection; it may be down, or a firewall is"
                    + " in the way", e);
        }
        if (caused(e, SSLHandshakeException.class) != null) {
            return new EgressFault(Kind.UNREACHABLE, "The host " + host + " could not prove who it is (TLS); check this machine's"
                    + " clock and its certificates", e);
        }
        return new EgressFault(Kind.RESET, "The connection to " + host + " broke before the answer was complete", e);
    }

    private static @Nullable Throwable caused(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return cause;
            }
        }
        return null;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
