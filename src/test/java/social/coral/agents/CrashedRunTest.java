package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.installation.CoralProcess;
import social.coral.installation.FreePort;
import tools.jackson.databind.JsonNode;

/** A run, in a real process that is killed for real in the middle of it. */
class CrashedRunTest {

    private static final List<String> HANDLES = List.of("reef_notes", "orbit_daily", "kernel_kettle");

    @TempDir
    Path folder;

    @Test
    void aRunThatACrashInterruptedGoesOnWhereItStopped() throws Exception {
        // Tokens name the address that issued them, so it has to be the same after the restart.
        Map<String, String> environment = Map.of(
                "CORAL_DEMO", "true", "PORT", Integer.toString(FreePort.find()), "SANDBOX_PORT", Integer.toString(FreePort.find()));
        TestClient sandbox = new TestClient("http://127.0.0.1:" + environment.get("SANDBOX_PORT"), Map.of());
        String token;
        String run;
        try (CoralProcess first = CoralProcess.start(folder, environment)) {
            TestClient stranger = new TestClient(first.awaitAddress(), Map.of());
            token = stranger.post("/auth/v1/signup", Map.of("email", "crash@example.org", "password", "a phrase for a crash")).text("/access_token");
            TestClient person = stranger.with("Authorization", "Bearer " + token);
            String key = sandbox.post("/sandbox/token").text("/access_token");
            assertThat(person.post("/api/user/api-keys", Map.of("service_name", "twitter_bearer", "api_key", key)).status()).isEqualTo(200);
            for (int i = 0; i < HANDLES.size(); i++) {
                Object account = Map.of("username", HANDLES.get(i), "priority", 90 - i);
                assertThat(person.post("/api/x-accounts", account).status()).isEqualTo(201);
            }
            sandbox.post("/sandbox/faults", Map.of("handle", HANDLES.getLast(), "kind", "slow", "seconds", 600, "times", 10));
            run = person.post("/api/agents/tweet-scraping/run").text("/run/id");
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                TestAnswer answer = person.get("/api/runs/" + run);
                assertThat(steps(answer)).as(answer.body()).extracting(step -> step.get("status").asString())
                        .containsExactly("succeeded", "succeeded", "running");
            });
            first.kill();
        }
        try (CoralProcess second = CoralProcess.start(folder, environment)) {
            TestClient person = new TestClient(second.awaitAddress(), Map.of("Authorization", "Bearer " + token));
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                TestAnswer answer = person.get("/api/runs/" + run);
                assertThat(answer.text("/run/status")).as(answer.body()).isEqualTo("succeeded");
            });
            TestAnswer after = person.get("/api/runs/" + run);
            assertThat(steps(after).stream().filter(step -> step.get("name").asString().startsWith("@")))
                    .extracting(step -> step.get("attempts").asInt())
                    .containsExactly(1, 1, 2);
            assertThat(after.text("/run/progress/message")).isEqualTo("Collected 300 new posts from 3 accounts");
            assertThat(postIds(person)).hasSize(300);
        }
    }

    private static List<JsonNode> steps(TestAnswer run) {
        return run.json().at("/run/steps").valueStream().toList();
    }

    private static Set<String> postIds(TestClient person) {
        Set<String> ids = new HashSet<>();
        for (int offset = 0; offset < 400; offset += 100) {
            person.get("/api/tweets/cache?limit=100&offset=" + offset)
                    .json()
                    .at("/tweets")
                    .forEach(post -> assertThat(ids.add(post.get("tweet_id").asString())).isTrue());
        }
        return ids;
    }
}
