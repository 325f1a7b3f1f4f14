package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.installation.CoralProcess;
import social.coral.installation.FreePort;
import social.coral.networks.TestNetwork;

/** A run in whose hands the process ends, and ends again. */
class PoisonedRunTest {

    @TempDir
    Path folder;

    @Test
    void aRunThatEndedTheProcessTwiceIsSetAsideWithAWordToItsPersonAndTheOperatorAndTheOthersGoOn() throws Exception {
        try (TestNetwork network = new TestNetwork().with(TestNetwork.SLOW_KEY, TestNetwork.slow(Duration.ofMinutes(10)))) {
            Map<String, String> environment = new HashMap<>(network.environment());
            // Tokens name the address that issued them, so it has to be the same after the restart.
            environment.put("PORT", Integer.toString(FreePort.find()));
            String bad;
            String good;
            String run;
            try (CoralProcess first = CoralProcess.start(folder, environment)) {
                TestClient stranger = new TestClient(first.awaitAddress(), Map.of());
                bad = aPersonWhoListens(stranger, "bad@example.org", TestNetwork.SLOW_KEY);
                good = aPersonWhoListens(stranger, "good@example.org", TestNetwork.QUICK_KEY);
                run = as(stranger, bad).post("/api/agents/tweet-scraping/run").text("/run/id");
                await().atMost(Duration.ofMinutes(1)).until(() -> network.asked() == 1);
                first.kill();
            }
            try (CoralProcess second = CoralProcess.start(folder, environment)) {
                second.awaitAddress();
                // It is taken up again, because once may be chance.
                await().atMost(Duration.ofMinutes(1)).until(() -> network.asked() == 2);
                second.kill();
            }
            try (CoralProcess third = CoralProcess.start(folder, environment)) {
                TestClient stranger = new TestClient(third.awaitAddress(), Map.of());
                TestClient person = as(stranger, bad);
                await().atMost(Duration.ofMinutes(1)).untilAsserted(() ->
                        assertThat(person.get("/api/runs/" + run).text("/run/status")).isEqualTo("failed"));
                TestAnswer after = person.get("/api/runs/" + run);
                assertThat(after.text("/run/error_code")).isEqualTo("broke_process");
                assertThat(after.text("/run/error")).isEqualTo(RunEngine.BROKE_PROCESS);
                assertThat(after.json().at("/run/steps").valueStream().map(step -> step.get("status").asString())).containsExactly("failed");
                assertThat(person.get("/api/logs").body()).contains("the run was set aside");
                assertThat(Files.readString(folder.resolve("logs/coral.log"))).containsPattern("ERROR.*ended 2 times while it held agent-run .*" + run);

                String other = as(stranger, good).post("/api/agents/tweet-scraping/run").text("/run/id");
                await().atMost(Duration.ofMinutes(1)).untilAsserted(() ->
                        assertThat(as(stranger, good).get("/api/runs/" + other).text("/run/status")).isEqualTo("succeeded"));
                assertThat(network.asked()).as("calls for the run that was set aside").isEqualTo(2);
                assertThat(person.post("/api/runs/" + run + "/retry").text("/run/status")).isEqualTo("queued");
            }
        }
    }

    private static String aPersonWhoListens(TestClient stranger, String email, String key) {
        String token = stranger.post("/auth/v1/signup", Map.of("email", email, "password", "a phrase for a crash")).text("/access_token");
        TestClient person = as(stranger, token);
        assertThat(person.post("/api/user/api-keys", Map.of("service_name", "twitter_bearer", "api_key", key)).status()).isEqualTo(200);
        assertThat(person.post("/api/x-accounts", Map.of("username", "reef_notes")).status()).isEqualTo(201);
        return token;
    }

    private static TestClient as(TestClient stranger, String token) {
        return stranger.with("Authorization", "Bearer " + token);
    }
}
