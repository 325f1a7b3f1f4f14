package social.coral.networks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks as X does, of accounts that have written nothing yet; whoever's key says {@code slow} waits for each answer. */
public final class SlowNetwork implements AutoCloseable {

    public static final String SLOW_KEY = "slow-0123456789abcdef";
    public static final String QUICK_KEY = "quick-0123456789abcdef";

    private final HttpServer server;
    private final Duration slowness;
    private final AtomicInteger kept = new AtomicInteger();

    public SlowNetwork(Duration slowness) {
        this.slowness = slowness;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** The environment of a product that takes this for X. */
    public Map<String, String> environment() {
        return Map.of("X_API_URL", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How many calls of slow keys it has been given. */
    public int kept() {
        return kept.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean checksAKey = path.equals("/2/tweets");
        if (!checksAKey && exchange.getRequestHeaders().getFirst("Authorization").endsWith(SLOW_KEY)) {
            kept.incrementAndGet();
            try {
                Thread.sleep(slowness);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        String body = path.startsWith("/2/users/by/username/")
                ? "{\"data\":{\"id\":\"%d\",\"username\":\"%s\",\"name\":\"%s\"}}".formatted(1_000 + Math.abs(name.hashCode()), name, name)
                : "{\"meta\":{\"result_count\":0}}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
