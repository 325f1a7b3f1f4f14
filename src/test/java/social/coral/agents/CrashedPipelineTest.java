package social.coral.agents;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.installation.CoralProcess;
import social.coral.installation.FreePort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole pipeline, from posts to a thread in review, in a real process that is killed while the pipelines of several tenants are each at
 * a random instant: they leave what undisturbed ones leave, and no answer of a model is paid for twice. {@code -Dcoral.crashes=25} kills
 * it that often, which are 200 instants.
 */
class CrashedPipelineTest {

    private static final int CRASHES = Integer.getInteger("coral.crashes", 1);
    private static final int TENANTS = 8;
    private static final long SEED = Long.getLong("coral.crashes.seed", 14);
    private static final List<String> HANDLES = List.of("reef_notes", "orbit_daily");

    @RegisterExtension
    static final WireMockExtension MODEL = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    @TempDir
    Path folder;

    /** A tenant, and the key by which the stand-in for a model tells it from others. */
    private record Person(TestClient api, String key) {}

    /**
     * What the pipeline leaves of one person, and how often each service is in the ledger.
     *
     * @param everyTopicOnce how many topics there are changes with the age of the posts
     */
    private record Left(boolean everyTopicOnce, List<String> blogs, List<String> threads, Map<String, Integer> paid) {}

    private static void says(String to, Object value) {
        JsonMapper json = new JsonMapper();
        MODEL.stubFor(post(anyUrl()).withRequestBody(containing(to)).willReturn(okJson(json.writeValueAsString(Map.of("model", "stand-in",
                "choices", List.of(Map.of("message", Map.of("content", json.writeValueAsString(value)), "finish_reason", "stop")),
                "usage", Map.of("prompt_tokens", 30, "completion_tokens", 7)))).withFixedDelay(150)));
    }

    @Test
    void pipelinesThatAreKilledAtRandomInstantsLeaveWhatUndisturbedOnesLeave() throws Exception {
        says("Write a blog post", Map.of("title", "What is said", "content", "It is said [1]."));
        says("Judge the draft", Map.of("verdict", "approve", "scores",
                Map.of("evidence", 90, "structure", 90, "voice", 90, "originality", 90, "safety", 100), "reasons", List.of()));
        says("Make a thread", Map.of("parts", List.of("This is said.", "And this.")));
        // Tokens name the address that issued them, so it has to be the same after each restart.
        Map<String, String> environment = Map.of("CORAL_DEMO", "true", "PORT", Integer.toString(FreePort.find()), "SANDBOX_PORT", Integer.toString(FreePort.find()),
                "OPENAI_BASE_URL", MODEL.baseUrl() + "/v1", "CORAL_ALLOW_PRIVATE_EGRESS", MODEL.baseUrl().replace("http://", ""));
        Random random = new Random(SEED);
        CoralProcess process = CoralProcess.start(folder, environment);
        try {
            List<Person> undisturbed = people(process, environment, 0);
            long start = System.nanoTime();
            undisturbed.forEach(CrashedPipelineTest::begin);
            undisturbed.forEach(CrashedPipelineTest::awaitEnd);
            long usual = Duration.ofNanos(System.nanoTime() - start).toMillis();
            Left expected = left(undisturbed.getFirst());
            assertThat(undisturbed).allSatisfy(person -> assertThat(left(person)).isEqualTo(expected));
            assertThat(expected.threads()).isNotEmpty();
            int calls = calls(undisturbed.getFirst());
            assertThat(calls).isEqualTo(expected.paid().get("own_server")).isGreaterThan(2);
            for (int crash = 1; crash <= CRASHES; crash++) {
                List<Person> people = people(process, environment, crash);
                long[] begun = random.longs(TENANTS, 0, usual).sorted().toArray();
                long now = 0;
                for (int i = 0; i < TENANTS; i++) {
                    Thread.sleep(begun[i] - now);
                    begin(people.get(i));
                    now = begun[i];
                }
                Thread.sleep(usual - now);
                process.kill();
                process = CoralProcess.start(folder, environment);
                process.awaitAddress();
                people.forEach(CrashedPipelineTest::awaitEnd);
                for (int i = 0; i < TENANTS; i++) {
                    Person person = people.get(i);
                    String when = "killed " + (usual - begun[i]) + " ms after it began, crash " + crash + ", seed " + SEED;
                    assertThat(left(person)).as(when).isEqualTo(expected);
                    assertThat(calls(person)).as("one call at most was under way, " + when).isBetween(calls, calls + 1);
                }
            }
        } finally {
            process.kill();
        }
    }

    private static int calls(Person person) {
        return MODEL.findAll(postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer " + person.key()))).size();
    }

    private static List<Person> people(CoralProcess process, Map<String, String> environment, int crash) {
        return IntStream.range(0, TENANTS).mapToObj(number -> aPerson(process, environment, crash * TENANTS + number)).toList();
    }

    private static Person aPerson(CoralProcess process, Map<String, String> environment, int number) {
        TestClient stranger = new TestClient(process.awaitAddress(), Map.of("X-Forwarded-For", "198.51.100." + number % 250));
        String token = stranger.post("/auth/v1/signup", Map.of("email", "crash" + number + "@example.org", "password", "a phrase for a crash")).text("/access_token");
        TestClient person = stranger.with("Authorization", "Bearer " + token);
        String sandbox = new TestClient("http://127.0.0.1:" + environment.get("SANDBOX_PORT"), Map.of()).post("/sandbox/token").text("/access_token");
        String key = "sk-0123456789abcdef%08d".formatted(number);
        assertThat(person.post("/api/user/api-keys", Map.of("service_name", "twitter_bearer", "api_key", sandbox)).status()).isEqualTo(200);
        assertThat(person.post("/api/user/api-keys", Map.of("service_name", "openai", "api_key", key)).status()).isEqualTo(200);
        HANDLES.forEach(handle -> assertThat(person.post("/api/x-accounts", Map.of("username", handle)).status()).isEqualTo(201));
        Chains.NEXT.keySet().forEach(agent -> assertThat(person.put("/api/agents/" + agent + "/chain", Map.of("enabled", true)).status()).isEqualTo(200));
        return new Person(person, key);
    }

    private static void begin(Person person) {
        assertThat(person.api().post("/api/agents/tweet-scraping/run").status()).isEqualTo(202);
    }

    private static void awaitEnd(Person person) {
        await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            TestAnswer runs = person.api().get("/api/runs?limit=100");
            assertThat(runs.json().at("/runs").valueStream()).as(runs.body()).hasSize(1 + Chains.NEXT.size())
                    .allMatch(run -> run.get("status").asString().equals("succeeded"));
        });
    }

    private static Left left(Person person) {
        Map<String, Integer> paid = new TreeMap<>();
        person.api().get("/api/user/usage").json().at("/usage/by_service").valueStream()
                .forEach(service -> paid.merge(service.path("service").asString(""), service.path("calls").asInt(), Integer::sum));
        List<String> topics = texts(person.api(), "/api/insights?limit=100", "/insights");
        return new Left(!topics.isEmpty() && topics.stream().distinct().count() == topics.size(),
                texts(person.api(), "/api/blogs?limit=100", "/blogs"), texts(person.api(), "/api/threads?limit=100", "/threads"), paid);
    }

    private static List<String> texts(TestClient person, String list, String under) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : person.get(list).json().at(under)) {
            texts.add(text.path("title").asString("") + text.path("topic").asString("") + " " + text.path("status").asString("") + " " + text.path("parts").size());
        }
        return texts.stream().sorted().toList();
    }
}
