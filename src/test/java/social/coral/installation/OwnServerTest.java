package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import social.coral.TestAnswer;
import social.coral.TestClient;

/** Stops an external server, or its commits, while a process serves and works. */
@EnabledOnOs(OS.LINUX)
class OwnServerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    // Far more than an answer out of memory takes, and less than anybody waits for a database.
    private static final Duration AT_ONCE = Duration.ofSeconds(4);
    private static final List<String> HANDLES = List.of("reef_notes", "orbit_daily", "kernel_kettle");

    @TempDir
    Path folder;

    private TestServer server;
    private CoralProcess coral;
    private TestClient person;
    private TestClient sandbox;
    private Duration longestReadiness = Duration.ZERO;
    private final Set<Integer> statuses = new TreeSet<>();
    private final List<String> stored = new ArrayList<>();
    private final List<String> perhapsStored = new ArrayList<>();
    private int written;

    @BeforeEach
    void somebodyIsSignedIn() throws IOException {
        server = TestServer.start();
        int sandboxPort = FreePort.find();
        coral = CoralProcess.start(folder, Map.of(
                "DATABASE_URL", server.databaseUrl("coral"), "CORAL_DEMO", "true", "SANDBOX_PORT", Integer.toString(sandboxPort)));
        sandbox = new TestClient("http://127.0.0.1:" + sandboxPort, Map.of());
        TestClient stranger = new TestClient(coral.awaitAddress(), Map.of());
        String token = stranger.post("/auth/v1/signup", Map.of("email", "someone@example.org", "password", "a long phrase about reefs")).text("/access_token");
        person = stranger.with("Authorization", "Bearer " + token);
        String key = sandbox.post("/sandbox/token").text("/access_token");
        assertThat(person.post("/api/user/api-keys", Map.of("service_name", "twitter_bearer", "api_key", key)).status()).isEqualTo(200);
        for (int i = 0; i < HANDLES.size(); i++) {
            assertThat(person.post("/api/x-accounts", Map.of("username", HANDLES.get(i), "priority", 90 - i)).status()).isEqualTo(201);
        }
    }

    @AfterEach
    void stop() {
        coral.close();
        server.stop();
    }

    @Test
    void aRunWaitsForAStoppedKilledOrFrozenServerAndNothingIsLostOrDoubled() {
        goesAwayInARun("an operator's server that is stopped and started", server::stop, server::startAgain);
        goesAwayInARun("an operator's server that is killed and started", server::kill, server::startAgain);
        goesAwayInARun("an operator's server that stands still", server::freeze, server::thaw);
    }

    @Test
    void aServerThatAnswersAndCommitsNothingIsNotReady() {
        assertThat(ready()).isEqualTo(200);

        server.administrator("alter system set synchronous_standby_names = 'nobody'");
        server.administrator("select pg_reload_conf()");
        await().atMost(PATIENCE).until(() -> write() == 503);
        await().atMost(PATIENCE).until(() -> ready() == 503);
        assertThat(person.get("/api/tweets").status()).as("nobody waits").isEqualTo(503);
        server.administrator("alter system reset synchronous_standby_names");
        server.administrator("select pg_reload_conf()");
        heals("an operator's server whose standby is there again", System.nanoTime());
        await().atMost(PATIENCE).until(() -> ready() == 200);

        server.administrator("alter database coral set default_transaction_read_only = on");
        await().atMost(PATIENCE).until(() -> ready() == 503);
        assertThat(read()).as("what only reads goes on").isEqualTo(200);
        server.administrator("alter database coral reset default_transaction_read_only");
        await().atMost(PATIENCE).until(() -> ready() == 200);
        heals("an operator's server that takes changes again", System.nanoTime());
        nothingIsLostOrDoubled();
    }

    @Test
    void aProcessWithARefusedRoleIsNotReadyAndNamesTheRole() throws IOException {
        assertThat(ready()).isEqualTo(200);

        server.administrator("alter role coral_tenant connection limit 0");
        server.administrator("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'coral_tenant'");
        await().atMost(PATIENCE).until(() -> ready() == 503);
        assertThat(read()).isEqualTo(503);
        server.administrator("alter role coral_tenant login connection limit -1 valid until 'infinity'");
        await().atMost(PATIENCE).until(() -> ready() == 200 && read() == 200);

        server.administrator("alter role coral_auth password 'somebody elses'");
        server.administrator("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'coral_auth'");
        await().atMost(PATIENCE).until(() -> ready() == 503);
        List<String> told = Files.readAllLines(folder.resolve("logs/coral.log")).stream().filter(line -> line.contains("does not let the role")).toList();
        assertThat(told).satisfiesExactly(
                line -> assertThat(line).contains("coral_tenant", "too many connections"), line -> assertThat(line).contains("coral_auth", "password"));
    }

    private void goesAwayInARun(String what, Runnable away, Runnable back) {
        String run = runThatIsHalfDone();
        away.run();
        await().atMost(PATIENCE).until(() -> read() == 503 && write() == 503 && ready() == 503);
        back.run();
        heals(what, System.nanoTime());
        await().atMost(PATIENCE).untilAsserted(() -> {
            TestAnswer answer = person.get("/api/runs/" + run);
            assertThat(answer.status()).as(answer.body()).isIn(200, 503);
            assertThat(answer.text("/run/status")).as(answer.body()).isEqualTo("succeeded");
        });
        await().atMost(PATIENCE).until(() -> ready() == 200);
        nothingIsLostOrDoubled();
    }

    /** Starts runs until one has read an account and is still at another. The example people's runs may use up a fault meant for it. */
    private String runThatIsHalfDone() {
        List<String> run = new ArrayList<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            sandbox.post("/sandbox/faults", Map.of("handle", HANDLES.get(1), "kind", "slow", "seconds", 4, "times", 3));
            TestAnswer started = person.post("/api/agents/tweet-scraping/run");
            assertThat(started.status()).as(started.body()).isEqualTo(202);
            run.add(started.text("/run/id"));
            await().atMost(PATIENCE).untilAsserted(() -> {
                TestAnswer answer = person.get("/api/runs/" + run.getLast());
                assertThat(answer.json().at("/run/progress/done").asInt()).as(answer.body()).isPositive();
            });
            TestAnswer answer = person.get("/api/runs/" + run.getLast());
            assertThat(answer.text("/run/status")).as(answer.body()).isEqualTo("running");
        });
        sandbox.delete("/sandbox/faults");
        return run.getLast();
    }

    private void heals(String what, long begun) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> read() == 200 && write() == 201);
        GroundTest.tell("%s: %.1f s until the first right answer, meanwhile %s; readiness answered within %d ms".formatted(
                what, (System.nanoTime() - begun) / 1e9, statuses, longestReadiness.toMillis()));
        assertThat(statuses).isSubsetOf(200, 201, 503);
        assertThat(longestReadiness).isLessThan(AT_ONCE);
    }

    private void nothingIsLostOrDoubled() {
        List<String> there = contents("/api/tweets", "/content");
        assertThat(there).doesNotHaveDuplicates().containsAll(stored);
        assertThat(there.stream().filter(content -> !stored.contains(content))).isSubsetOf(perhapsStored);
        List<String> collected = contents("/api/tweets/cache", "/tweet_id");
        assertThat(collected).doesNotHaveDuplicates();
        if (!collected.isEmpty()) {
            assertThat(collected).hasSizeGreaterThanOrEqualTo(300);
        }
    }

    private List<String> contents(String path, String pointer) {
        List<String> contents = new ArrayList<>();
        for (int offset = 0; offset == contents.size(); offset += 100) {
            person.get(path + "?limit=100&offset=" + offset).json().at("/tweets").forEach(tweet -> contents.add(tweet.at(pointer).asString()));
        }
        return contents;
    }

    private int read() {
        return remember(person.get("/api/tweets"));
    }

    private int write() {
        String content = "number " + ++written;
        int status = remember(person.post("/api/tweets", Map.of("content", content)));
        (status == 201 ? stored : perhapsStored).add(content);
        return status;
    }

    private int ready() {
        long begun = System.nanoTime();
        int status = person.get("/actuator/health/readiness").status();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        longestReadiness = took.compareTo(longestReadiness) > 0 ? took : longestReadiness;
        return status;
    }

    private int remember(TestAnswer answer) {
        statuses.add(answer.status());
        if (answer.status() == 503) {
            assertThat(answer.header("Retry-After")).matches("\\d+");
        }
        return answer.status();
    }
}
