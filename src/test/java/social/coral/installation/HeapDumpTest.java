package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Searches the heap of the real process for a tenant's key after a run has used it and its connection was idle for a while. */
class HeapDumpTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PASSWORD = "violet harbour lantern 42";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger called = new AtomicInteger();

    @Test
    void afterARunThePlainKeyIsNowhereInTheHeap() throws Exception {
        String key = "AAAAmemory" + UUID.randomUUID().toString().replace("-", "");
        String email = "person-" + UUID.randomUUID() + "@example.org";
        HttpServer x = anX(key);
        Map<String, String> environment = Map.of("X_API_URL", "http://127.0.0.1:" + x.getAddress().getPort());
        try {
            try (CoralProcess first = CoralProcess.start(folder.resolve("data"), environment)) {
                String address = first.awaitAddress();
                String token = token(send(address + "/auth/v1/signup", null, Map.of("email", email, "password", PASSWORD)));
                send(address + "/api/user/api-keys", token, Map.of("service_name", "twitter_bearer", "api_key", key));
                send(address + "/api/x-accounts", token, Map.of("username", "somebody"));
            }
            // The buffers of the request that the key came with live until they are written over; the process that works with it is another.
            try (CoralProcess second = CoralProcess.start(folder.resolve("data"), environment)) {
                String address = second.awaitAddress();
                String token = token(send(address + "/auth/v1/token?grant_type=password", null, Map.of("email", email, "password", PASSWORD)));
                String run = send(address + "/api/agents/tweet-scraping/run", token, Map.of()).at("/run/id").stringValue();
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() ->
                        send(address + "/api/runs/" + run, token, null).at("/run/finished_at").isString());
                assertThat(called).as("calls that the key was used for").hasPositiveValue();
                Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofSeconds(5)).untilAsserted(() -> {
                    Path dump = dump(second, UUID.randomUUID().toString());
                    assertThat(occurrences(dump, email)).as("what is in the process is found").isPositive();
                    int left = occurrences(dump, key);
                    Files.delete(dump);
                    assertThat(left).as("the key").isZero();
                });
            }
        } finally {
            x.stop(0);
        }
    }

    /** Knows nobody, and counts who asks with the key. */
    private HttpServer anX(String key) throws IOException {
        HttpServer x = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        x.createContext("/", exchange -> {
            if (("Bearer " + key).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                called.incrementAndGet();
            }
            byte[] body = "{\"errors\":[{\"title\":\"Not Found Error\",\"detail\":\"Could not find user\"}]}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        x.start();
        return x;
    }

    private static String token(JsonNode session) {
        return session.at("/access_token").stringValue();
    }

    private JsonNode send(String url, @Nullable String token, @Nullable Map<String, String> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What is reachable in the process; what is garbage is not looked at. */
    private Path dump(CoralProcess process, String name) throws Exception {
        Path file = folder.resolve(name + ".hprof");
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process dumping = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.heap_dump", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(dumping.waitFor()).isZero();
        return file;
    }

    /** How often the text is in the file, a byte a character or two of either order. */
    private static int occurrences(Path file, String text) throws IOException {
        return occurrences(file, text.getBytes(StandardCharsets.ISO_8859_1))
                + occurrences(file, text.getBytes(StandardCharsets.UTF_16BE))
                + occurrences(file, text.getBytes(StandardCharsets.UTF_16LE));
    }

    /** A random text has few repetitions, so that looking on from the start of it again is enough. */
    private static int occurrences(Path file, byte[] wanted) throws IOException {
        int found = 0;
        int matched = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            for (int read = in.read(); read >= 0; read = in.read()) {
                matched = read == (wanted[matched] & 0xff) ? matched + 1 : read == (wanted[0] & 0xff) ? 1 : 0;
                if (matched == wanted.length) {
                    found++;
                    matched = 0;
                }
            }
        }
        return found;
    }
}
