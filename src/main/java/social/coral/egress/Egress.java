package social.coral.egress;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The one gate for outgoing HTTP. A call goes only where its {@link Purpose} allows and only to a checked address, follows no
 * redirect, and has a time limit and a size limit.
 */
public final class Egress implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Egress.class);

    /** The bytes as received; decoded and parsed they take three times as much. */
    private static final long ROOM_FOR_ANSWERS = 32 << 20;

    /** Long enough for a few of the longest responses, one after the other. */
    private static final Duration MAX_WAIT_FOR_MEMORY = Duration.ofMinutes(1);

    private static final Duration MAX_RESOLUTION = Duration.ofSeconds(5);

    private final Destinations destinations;
    private final Wire wire;
    private final ResponseMemory room;
    private final Cache<String, EgressFault.Kind> told = Caffeine.newBuilder().maximumSize(1000).expireAfterWrite(Duration.ofMinutes(1)).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Egress(Destinations destinations) {
        this(destinations, new ResponseMemory(ROOM_FOR_ANSWERS, MAX_WAIT_FOR_MEMORY));
    }

    Egress(Destinations destinations, ResponseMemory room) {
        this.destinations = destinations;
        this.room = room;
        this.wire = new Wire(new PinnedAddresses(destinations));
    }

    /** Makes a gate for a command that runs without an application. */
    public static Egress of(Environment environment) {
        return new EgressConfiguration().egress(Binder.get(environment).bindOrCreate("coral.egress", EgressSettings.class));
    }

    /**
     * Sends the request and returns the whole response, whatever its status.
     *
     * @throws EgressFault if there is no response
     * @throws CancellationException if the calling thread is interrupted; it stays interrupted
     */
    public EgressResponse send(Purpose purpose, HttpRequest request) {
        return send(purpose, request, reply -> reply);
    }

    /**
     * Like {@link #send(Purpose, HttpRequest)}, but lets {@code reader} parse the response while its memory is still reserved; on
     * another thread, and not in the service's time.
     */
    public <T extends Object> T send(Purpose purpose, HttpRequest request, Function<EgressResponse, T> reader) {
        return called(purpose, request, (origin, outgoing, room, time) -> {
            EgressResponse reply = wire.exchange(origin, outgoing, purpose, room);
            time.stop();
            return reader.apply(reply);
        });
    }

    /**
     * Sends the request and lets {@code reader} read the response while it arrives; on another thread, and in the service's time.
     *
     * @param idle how long nothing may arrive
     * @throws EgressFault if there is no response, or it ends in a fault
     * @throws CancellationException if the calling thread is interrupted; it stays interrupted, and the connection is closed
     */
    public <T extends Object> T receive(Purpose purpose, Duration idle, HttpRequest request, Reception.Reader<T> reader) {
        return called(purpose, request, (origin, outgoing, room, time) -> wire.receive(origin, outgoing, purpose, idle, room, reader));
    }

    private interface Exchange<T> {
        T make(Origin origin, HttpUriRequestBase request, ResponseMemory.Share room, CallTime time) throws IOException;
    }

    private <T extends Object> T called(Purpose purpose, HttpRequest request, Exchange<T> exchange) {
        Origin origin = destinations.check(purpose, request.uri());
        long start = System.nanoTime();
        try {
            T answer = exchange(purpose, origin, Outgoing.of(request), exchange);
            log.debug("{}: {} {} answered after {} ms", purpose.name(), request.method(), origin.host(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            return answer;
        } catch (EgressFault fault) {
            tell(purpose, origin.host(), fault);
            throw fault;
        }
    }

    /** Logs at most once in a while for each host, since a host that is down fails every tenant's calls. */
    private void tell(Purpose purpose, String host, EgressFault fault) {
        Level level = told.asMap().putIfAbsent(host, fault.kind()) == null ? Level.WARN : Level.DEBUG;
        log.atLevel(level).log("{}: {} ({})", purpose.name(), fault.sentence(), fault.kind());
    }

    /** Reports whether an address that calls may go to leads to this machine or a private network, by all that its name resolves to. */
    public boolean isPrivate(URI address) {
        Future<Boolean> resolved = threads.submit(() -> destinations.isPrivate(address));
        try {
            return resolved.get(MAX_RESOLUTION.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a name was resolved");
        }
    }

    /** Allows calls to a server that this process started on its own loopback interface. */
    public void allowOwn(InetSocketAddress server) {
        destinations.allowed().allowOwn(server);
    }

    /** Runs on a thread of its own, so that neither a hanging resolver nor a trickling response holds the caller beyond the timeout. */
    private <T extends Object> T exchange(Purpose purpose, Origin origin, HttpUriRequestBase request, Exchange<T> made) {
        CallTime time = new CallTime(purpose.timeout());
        Future<T> exchange = threads.submit(() -> {
            try (ResponseMemory.Share share = room.share(time)) {
                return made.make(origin, request, share, time);
            }
        });
        try {
            return awaited(exchange, time);
        } catch (TimeoutException e) {
            end(exchange, request);
            throw Faults.timedOut(purpose, origin.host());
        } catch (InterruptedException e) {
            end(exchange, request);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for an answer");
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case EgressFault fault -> fault;
                case IOException fault -> Faults.of(purpose, origin.host(), fault, !time.stood().isZero());
                case null, default -> new IllegalStateException("an outgoing call failed in an unforeseen way", e.getCause());
            };
        }
    }

    private static <T> T awaited(Future<T> exchange, CallTime time) throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            try {
                return exchange.get(time.nanosToWait(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (time.isOver()) {
                    throw e;
                }
            }
        }
    }

    private static void end(Future<?> exchange, HttpUriRequestBase request) {
        request.cancel();
        exchange.cancel(true);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        wire.close();
    }
}
