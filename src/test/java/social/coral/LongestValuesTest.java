package social.coral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.installation.CoralProcess;
import social.coral.tenancy.Tenant;

/**
 * The product with the heap that it is started with, against everything at its longest: strangers who announce and do not send,
 * tenants whose rows are as long as the rules allow, their lists, pages, exports and imports, and readers who do not read. The
 * process lives, and somebody else is served meanwhile.
 */
class LongestValuesTest {

    private static final int ROWS = 100;
    private static final int READERS_OF_A_TENANT = 12;
    private static final List<String> PIECES = List.of("😀", "\"", "*=");
    private static final List<String> NOT_LISTS = List.of("/api/user/api-keys", "/api/user/profile", "/api/user/usage", "/api/user/budget", "/api/agents",
            "/api/knowledge/settings");
    private static final List<String> PAGES = List.of(
            "/dashboard", "/accounts", "/tweets", "/tweets/archive", "/tweets/imports", "/tweets/mine", "/agents", "/logs", "/logs/download", "/persona", "/tweets/import",
            "/settings", "/settings/keys", "/settings/usage", "/settings/usage/calls", "/settings/data", "/settings/audit", "/settings/approval");

    @TempDir
    private static Path folder;

    private static CoralProcess product;
    private static TestClient stranger;
    private static Bystander bystander;

    private record Person(Tenant tenant, TestClient api, TestClient browser, String token) {}

    @BeforeAll
    static void start() throws IOException {
        Matcher flags = Pattern.compile("java_flags=\\(([^)]*)\\)").matcher(Files.readString(Path.of("launcher", "java.sh")));
        assertThat(flags.find()).isTrue();
        String asStarted = flags.group(1).replaceAll("#.*", "").replaceAll("\\s+", " ").replace("--enable-native-access=ALL-UNNAMED", "").strip();
        assertThat(asStarted).contains("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");
        product = CoralProcess.start(folder.resolve("data"), Map.of("JAVA_TOOL_OPTIONS", asStarted, "CORAL_RATE_LIMIT", "100000"));
        stranger = new TestClient(product.awaitAddress(), Map.of());
        bystander = new Bystander(aPerson().api());
    }

    @AfterAll
    static void stop() {
        bystander.stopped.set(true);
        product.close();
    }

    @Test
    void strangersWhoAnnounceAndDoNotSendCostNothing() throws Exception {
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 240; i++) {
                held.add(sent("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 2000000\r\n\r\na=", 1 << 16));
                held.add(sent("POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 30000\r\n\r\na=", 1 << 16));
                held.add(sent("GET /auth/login HTTP/1.1\r\nHost: x\r\nX-Slow: ", 1 << 16));
            }
            bystander.isServed("while strangers announce");
        } finally {
            close(held);
        }
    }

    @Test
    void whatIsLongestIsReadSlowlyAndAtOnceAndSomebodyElseIsServed() throws Exception {
        List<Person> people = new ArrayList<>();
        try (Connection owner = product.database().connectAsOwner()) {
            for (String piece : PIECES) {
                Person person = aPerson();
                people.add(person);
                long bytes = new LongestRows(owner, piece).fill(person.tenant(), ROWS);
                note("rows of %s: %d MB".formatted(piece.strip(), bytes >> 20));
            }
        }
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < READERS_OF_A_TENANT; i++) {
                for (Person person : people) {
                    slow.add(sent("GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n".formatted(i % 2 == 0 ? "/api/tweets/cache?limit=100" : "/api/tweets?limit=100", person.token()), 2048));
                }
            }
            bystander.isServed("while " + slow.size() + " read slowly");
            readAll(people);
        } finally {
            close(slow);
        }
        for (Person person : people) {
            byte[] archive = person.api().bytes("GET", "/api/user/export", BodyPublishers.noBody(), "").body();
            TestAnswer taken = aPerson().api().send("POST", "/api/user/import", BodyPublishers.ofByteArray(archive), "application/octet-stream");
            assertThat(taken.status()).as(taken.body().substring(0, Math.min(500, taken.body().length()))).isEqualTo(200);
            assertThat(taken.body()).contains("\"table\":\"tweets_cache\",\"imported\":" + ROWS);
        }
        bystander.isServed("after exports and imports");
    }

    @Test
    void manyLongBodiesAtOnceWaitForRoom() throws Exception {
        String body = "{\"content\": \"" + "x".repeat((1 << 20) - 64) + "\"}";
        List<Thread> sending = new ArrayList<>();
        for (int tenant = 0; tenant < 12; tenant++) {
            Person person = aPerson();
            for (int i = 0; i < 12; i++) {
                sending.add(Thread.startVirtualThread(() -> assertThat(person.api().post("/api/tweets", body).status()).isIn(400, 422, 503)));
            }
        }
        bystander.isServed("while long bodies come");
        for (Thread thread : sending) {
            thread.join();
        }
    }

    /** Every list of the API and every page, all tenants at once. */
    private static void readAll(List<Person> people) throws Exception {
        List<String> faults = Collections.synchronizedList(new ArrayList<>());
        List<Thread> reading = people.stream().map(person -> Thread.startVirtualThread(() -> {
            Stream<String> lists = ApiRoute.all(person.api()).stream()
                    .filter(route -> route.method().equals("GET") && !route.path().contains("{") && !route.path().startsWith("/auth/v1") && !route.path().equals("/api/user/export"))
                    .map(ApiRoute::path)
                    .map(path -> NOT_LISTS.contains(path) ? path : path + (path.equals("/api/search") ? "?q=tide&limit=100" : "?limit=100"));
            for (String path : Stream.concat(lists, PAGES.stream()).toList()) {
                TestClient client = path.startsWith("/api") ? person.api() : person.browser();
                int status = client.bytes("GET", path, BodyPublishers.noBody(), "").statusCode();
                if (status != 200 && status != 503) {
                    faults.add(path + " " + status);
                }
            }
        })).toList();
        for (Thread thread : reading) {
            thread.join();
        }
        assertThat(faults).as(logged()).isEmpty();
        bystander.isServed("while every list and page is read");
    }

    private static Person aPerson() {
        Map<String, String> credentials = Map.of("email", UUID.randomUUID() + "@example.org", "password", "violet harbour lantern 42");
        TestAnswer session = stranger.post("/auth/v1/signup", credentials);
        String token = session.text("/access_token");
        String cookie = stranger.form("/auth/login", credentials).headers("Set-Cookie").getLast().replaceAll(";.*", "");
        return new Person(new Tenant(UUID.fromString(session.text("/user/id"))), stranger.with("Authorization", "Bearer " + token), stranger.with("Cookie", cookie), token);
    }

    private static Socket sent(String request, int room) throws IOException {
        URI address = URI.create(stranger.address());
        Socket socket = new Socket();
        socket.setReceiveBufferSize(room);
        // Of another network than the bystander, whose connection would be closed with theirs.
        socket.bind(new InetSocketAddress("127.0.0.9", 0));
        socket.connect(new InetSocketAddress("127.0.0.1", address.getPort()));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void note(String line) throws IOException {
        Path file = Files.createDirectories(Path.of("target", "attacks")).resolve("memory.txt");
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.println(line);
    }

    /** What the operator would look at when something of it fails. */
    private static String logged() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("data").resolve("logs").resolve("coral.log"));
        return lines.stream().dropWhile(line -> !line.contains("ERROR")).limit(40).collect(Collectors.joining("\n"));
    }

    private static long peak() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + product.pid() + "/status")).stream().filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElseThrow();
    }

    /** Somebody else, who asks for a short answer again and again. */
    private static final class Bystander {

        private final AtomicBoolean stopped = new AtomicBoolean();
        private final TestClient client;
        private final List<Long> millis = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();

        private Bystander(TestClient client) {
            this.client = client;
            Thread.ofPlatform().daemon().start(this::run);
        }

        private void run() {
            while (!stopped.get()) {
                Instant start = Instant.now();
                String outcome;
                try {
                    outcome = "" + client.get("/api/user/profile").status();
                } catch (RuntimeException e) {
                    outcome = e.toString();
                }
                synchronized (this) {
                    millis.add(Duration.between(start, Instant.now()).toMillis());
                    if (!outcome.equals("200")) {
                        refused.add(outcome);
                    }
                }
                pause();
            }
        }

        /** Waits for some more answers, and tells how long those took that were asked for since the last look. */
        void isServed(String when) throws IOException {
            int before = count();
            for (int looks = 0; looks < 600 && count() < before + 40; looks++) {
                pause();
            }
            synchronized (this) {
                List<Long> sorted = millis.stream().sorted().toList();
                List<String> faults = List.copyOf(refused);
                note("%s: %d answers, half within %d ms, the slowest %d ms, not served %d; process at its peak %d MB".formatted(
                        when, sorted.size(), sorted.get(sorted.size() / 2), sorted.getLast(), faults.size(), peak()));
                millis.clear();
                refused.clear();
                assertThat(faults).as(when).isEmpty();
                assertThat(sorted.size()).as(when).isGreaterThan(before);
            }
        }

        private synchronized int count() {
            return millis.size();
        }

        private static void pause() {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
