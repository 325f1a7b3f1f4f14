package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
        List<byte[]> wanted = Stream.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE).map(text::getBytes).toList();
        int[] matched = new int[wanted.size()];
        int found = 0;
        byte[] chunk = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                for (int form = 0; form < matched.length; form++) {
                    found += goOn(chunk, length, wanted.get(form), matched, form);
                }
            }
        }
        return found;
    }

    /** A random text has few repetitions, so that looking on from the start of it again is enough. */
    private static int goOn(byte[] chunk, int length, byte[] wanted, int[] matched, int form) {
        int found = 0;
        int so = matched[form];
        for (int i = 0; i < length; i++) {
            so = chunk[i] == wanted[so] ? so + 1 : chunk[i] == wanted[0] ? 1 : 0;
            if (so == wanted.length) {
                found++;
                so = 0;
            }
        }
        matched[form] = so;
        return found;
    }
}
