package social.coral.networks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks as X does, of accounts with posts of the greatest length: 7 MB in all, which it sends bit by bit and keeps none of. */
public final class LongAnswers implements AutoCloseable {

    private static final int POSTS = 70;
    private static final int PAUSE_MS = 20;
    /** One character beyond Latin-1 makes a string take two bytes for each. */
    private static final byte[] TEXT = ("x".repeat(99_990) + "€").getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final AtomicInteger begun = new AtomicInteger();

    public LongAnswers() {
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

    /** How many long answers it has begun to send. */
    public int begun() {
        return begun.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            if (path.startsWith("/2/users/by/username/")) {
                write(out, "{\"data\":{\"id\":\"42\",\"username\":\"%1$s\",\"name\":\"%1$s\"}}".formatted(path.substring(path.lastIndexOf('/') + 1)));
            } else if (path.startsWith("/2/users/")) {
                begun.incrementAndGet();
                posts(out);
            } else {
                write(out, "{\"meta\":{\"result_count\":0}}");
            }
        }
    }

    private static void posts(OutputStream out) throws IOException {
        for (int post = 0; post < POSTS; post++) {
            write(out, (post == 0 ? "{\"data\":[" : ",") + "{\"id\":\"%d\",\"author_id\":\"42\",\"created_at\":\"2026-01-01T00:00:00Z\",\"text\":\"".formatted(1_000 + post));
            out.write(TEXT);
            write(out, "\"}");
            out.flush();
            try {
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        write(out, "],\"meta\":{\"result_count\":%d}}".formatted(POSTS));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
