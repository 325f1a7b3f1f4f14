package social.coral.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.sandbox.Faults.Fault;

/** The sandbox's HTTP server, on the loopback interface, with a virtual thread for each request. */
final class SandboxServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SandboxServer.class);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Answer WEB_PAGE = Answer.html(200, "<!doctype html><title>Welcome</title><p>This is not what you asked for.</p>");

    private static final Answer BLOCKED_PAGE = Answer.html(403, "<!doctype html><title>Blocked</title><p>The proxy does not allow this address.</p>");

    static {
        // Read once, when the JDK's server is first used. Without it every response waits for the peer's delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Faults faults = new Faults();
    private final XRoutes x;
    private final SandboxRoutes own;
    private final Clock clock;

    /** @throws IOException if the port is in use */
    SandboxServer(int port, World world, Clock clock) throws IOException {
        OAuth oauth = new OAuth();
        this.clock = clock;
        this.x = new XRoutes(world, oauth, clock);
        this.own = new SandboxRoutes(faults, oauth, new Pages(world.authors()));
        this.server = HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    /** Writes a post as the account of a token, at a time. */
    long post(String token, String text, long at) {
        return x.post(token, text, at);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            Request request = Request.read(exchange);
            Visitors.refuseStrangers(request);
            Fault fault = request.path().startsWith("/2/") ? faults.take(request, x.subject(request)) : null;
            if (fault == null) {
                answer(request).send(exchange);
            } else {
                happen(fault, request, exchange);
            }
        } catch (Refusal refusal) {
            refusal.answer().send(exchange);
        } catch (RuntimeException e) {
            log.error("The sandbox failed at {} {}", exchange.getRequestMethod(), exchange.getRequestURI().getPath(), e);
            Refusal.fault(500).answer().send(exchange);
        } finally {
            exchange.close();
        }
    }

    private Answer answer(Request request) {
        try {
            return request.path().startsWith("/2/") ? x.answer(request) : own.answer(request, clock.millis());
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    private void happen(Fault fault, Request request, HttpExchange exchange) throws IOException {
        switch (fault.kind()) {
            case RATE_LIMITED -> limited(Refusal.tooManyRequests(), clock.instant().getEpochSecond() + fault.seconds()).send(exchange);
            case ERROR -> limited(Refusal.fault(500), null).send(exchange);
            case UNAVAILABLE -> limited(Refusal.fault(503), null).send(exchange);
            case EXPIRED_TOKEN -> limited(Refusal.unauthorized(), null).send(exchange);
            case NO_CREDITS -> limited(Refusal.noCredits(), null).send(exchange);
            case USAGE_CAPPED -> limited(Refusal.usageCapped(), null).send(exchange);
            case NOT_ENROLLED -> limited(Refusal.notEnrolled(), null).send(exchange);
            case DAILY_LIMIT -> limited(Refusal.tooManyRequests(), null)
                    .with(RateLimits.dailyHeaders(clock.instant().getEpochSecond() + fault.seconds())).send(exchange);
            case SUSPENDED -> limited(Refusal.forbidden("User has been suspended."), null).send(exchange);
            case PROTECTED -> limited(Refusal.notAuthorized(), null).send(exchange);
            case GONE -> limited(Refusal.notFound(), null).send(exchange);
            case SINCE_ID -> (request.query().containsKey("since_id")
                    ? limited(Refusal.value("since_id", request.query().getOrDefault("since_id", ""), "is too old"), null)
                    : answer(request)).send(exchange);
            case BLOCKED -> BLOCKED_PAGE.send(exchange);
            case MALFORMED -> WEB_PAGE.send(exchange);
            case RESET -> exchange.close();
            case TRUNCATED -> {
                Answer whole = answer(request);
                new Answer(whole.status(), whole.headers(), Arrays.copyOf(whole.body(), whole.body().length / 2))
                        .send(exchange, whole.body().length);
            }
            case SLOW -> {
                pause(fault.seconds());
                answer(request).send(exchange);
            }
        }
    }

    private Answer limited(Refusal refusal, @Nullable Long reset) {
        long end = reset == null ? clock.instant().getEpochSecond() + 900 : reset;
        return refusal.answer().with(RateLimits.headers(reset == null ? 1 : 0, end));
    }

    private static void pause(int seconds) {
        try {
            Thread.sleep(Duration.ofSeconds(seconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
