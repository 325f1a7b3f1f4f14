package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.TestAnswer;
import social.coral.TestClient;
import tools.jackson.databind.JsonNode;

/** Several processes on one external database: one serves, the others work. */
class TwoProcessesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> HANDLES = List.of("reef_notes", "orbit_daily", "kernel_kettle");

    @TempDir
    Path folder;

    private final List<CoralProcess> processes = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(CoralProcess::close);
    }

    @Test
    void anotherWorkerContinuesTheJobsOfAKilledOneAndNothingIsDoneTwice() throws IOException {
        TestServer server = TestServer.start();
        String database = server.databaseUrl("coral");
        String address = start("web", database, Map.of("CORAL_ROLE", "web")).awaitAddress();
        int sandboxPort = FreePort.find();
        CoralProcess first = start("first", database, Map.of("CORAL_ROLE", "worker", "CORAL_DEMO", "true", "SANDBOX_PORT", Integer.toString(sandboxPort)));
        first.awaitAddress();
        TestClient sandbox = new TestClient("http://127.0.0.1:" + sandboxPort, Map.of());
        TestClient stranger = new TestClient(address, Map.of());
        String token = stranger.post("/auth/v1/signup", Map.of("email", "someone@example.org", "password", "a long phrase about reefs")).text("/access_token");
        TestClient person = stranger.with("Authorization", "Bearer " + token);
        String key = sandbox.post("/sandbox/token").text("/access_token");
        assertThat(person.post("/api/user/api-keys", Map.of("service_name", "twitter_bearer", "api_key", key)).status()).isEqualTo(200);
        for (int i = 0; i < HANDLES.size(); i++) {
            assertThat(person.post("/api/x-accounts", Map.of("username", HANDLES.get(i), "priority", 90 - i)).status()).isEqualTo(201);
        }
        // The other worker has a sandbox of its own, where nothing is slow.
        sandbox.post("/sandbox/faults", Map.of("handle", HANDLES.getLast(), "kind", "slow", "seconds", 600, "times", 10));
        String run = person.post("/api/agents/tweet-scraping/run").text("/run/id");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(steps(person.get("/api/runs/" + run), "status"))
                .containsExactly("succeeded", "succeeded", "running"));

        // A call that takes too long is given up and its job goes to whoever is free, so the killed one has to end before that.
        first.kill();
        long killed = System.nanoTime();
        start("second", database, Map.of("CORAL_ROLE", "worker"));

        await().atMost(PATIENCE).untilAsserted(() -> {
            TestAnswer answer = person.get("/api/runs/" + run);
            assertThat(answer.text("/run/status")).as(answer.body()).isEqualTo("succeeded");
        });
        GroundTest.tell("a worker that is killed: %.1f s until another had ended its run".formatted((System.nanoTime() - killed) / 1e9));
        assertThat(steps(person.get("/api/runs/" + run), "attempts")).containsExactly("1", "1", "2");
        assertThat(postIds(person)).hasSize(300).doesNotHaveDuplicates();
    }

    private CoralProcess start(String name, String database, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("DATABASE_URL", database);
        environment.put("ENCRYPTION_KEY", "5e0f8b1c7a2d4936bd70c1e852f4a69b3d8e07f1624cab95");
        CoralProcess process = CoralProcess.start(folder.resolve(name), environment);
        processes.add(process);
        return process;
    }

    private static List<String> steps(TestAnswer run, String field) {
        return run.json().at("/run/steps").valueStream().filter(step -> step.get("name").asString().startsWith("@")).map(step -> text(step, field)).toList();
    }

    private static String text(JsonNode step, String field) {
        return step.get(field).asString();
    }

    private static List<String> postIds(TestClient person) {
        List<String> ids = new ArrayList<>();
        for (int offset = 0; offset < 400; offset += 100) {
            person.get("/api/tweets/cache?limit=100&offset=" + offset).json().at("/tweets").forEach(post -> ids.add(post.get("tweet_id").asString()));
        }
        return ids;
    }
}
