package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.TestClient;
import social.coral.installation.CoralProcess;
import social.coral.networks.TestNetwork;

/** The product with the heap that it is started with, while X answers many of its tenants at length at once. */
class LongAnswersTest {

    private static final int TENANTS = 24;

    private static final String KEY = "long-0123456789abcdef";

    private record Person(TestClient api, String run) {}

    @TempDir
    Path folder;

    @Test
    void longAnswersToManyTenantsAtOnceEndNoProcessAndFailNoRun() throws Exception {
        try (TestNetwork network = new TestNetwork().with(KEY, TestNetwork.longPosts(TENANTS))) {
            Map<String, String> environment = new HashMap<>(network.environment());
            environment.put("JAVA_TOOL_OPTIONS", "-Xmx512m -XX:+ExitOnOutOfMemoryError");
            environment.put("CORAL_RATE_LIMIT", "100000");
            try (CoralProcess product = CoralProcess.start(folder, environment)) {
                TestClient stranger = new TestClient(product.awaitAddress(), Map.of());
                List<TestClient> people = new ArrayList<>();
                for (int i = 0; i < TENANTS; i++) {
                    people.add(aPersonWhoListens(stranger, i));
                }
                long before = product.peakMegabytes();
                List<Person> all = people.stream().map(person -> new Person(person, person.post("/api/agents/tweet-scraping/run").text("/run/id"))).toList();
                await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofSeconds(1)).until(() -> all.stream().noneMatch(person -> status(person).matches("queued|running|waiting")));
                Files.createDirectories(Path.of("target", "attacks"));
                Files.writeString(Path.of("target", "attacks", "memory.txt"), "%d runs whose X sends 7 MB at once: process at its peak %d MB, before %d MB%n"
                        .formatted(TENANTS, product.peakMegabytes(), before), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                assertThat(all).extracting(LongAnswersTest::status).containsOnly("succeeded");
                assertThat(people.getFirst().get("/api/x-accounts").status()).isEqualTo(200);
            }
        }
    }

    private static String status(Person person) {
        return person.api().get("/api/runs/" + person.run()).text("/run/status");
    }

    private static TestClient aPersonWhoListens(TestClient stranger, int number) {
        Map<String, String> credentials = Map.of("email", number + "@example.org", "password", "a phrase for long answers");
        TestClient person = stranger.with("Authorization", "Bearer " + stranger.post("/auth/v1/signup", credentials).text("/access_token"));
        assertThat(person.post("/api/user/api-keys", Map.of("service_name", "twitter_bearer", "api_key", KEY)).status()).isEqualTo(200);
        assertThat(person.post("/api/x-accounts", Map.of("username", "reef_notes")).status()).isEqualTo(201);
        return person;
    }
}
