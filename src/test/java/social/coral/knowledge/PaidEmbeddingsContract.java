package social.coral.knowledge;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.imports.Imported;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.tenancy.TenantDoor;
import social.coral.usage.PriceList;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;
import tools.jackson.databind.JsonNode;

/** A person whose texts are embedded by a stand-in of OpenAI, which costs something. */
@DirtiesContext
@Import(PaidEmbeddingsContract.Prices.class)
abstract class PaidEmbeddingsContract {

    static final String SETTINGS = "/api/knowledge/settings";

    private static final EmbeddingsServer SERVER = EmbeddingsServer.started();

    /** The stand-in is at a private address, where calls cost what the operator says. */
    @TestConfiguration
    static class Prices {

        @Bean
        @Primary
        PriceList testPrices() {
            try {
                return PriceList.of(Files.writeString(Files.createTempFile("prices", ".csv"), """
                        service,model,unit,usd,per,valid_from,source
                        own_server,text-embedding-3-small,input_token,1,1000,2026-01-01,a test
                        """));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Autowired
    People people;

    @Autowired
    TenantDoor door;

    @Autowired
    ApiKeys keys;

    @Autowired
    Generations generations;

    TestPerson person;

    @DynamicPropertySource
    static void theServer(DynamicPropertyRegistry registry) {
        registry.add("coral.models.openai-url", () -> "http://" + SERVER.endpoint() + "/v1");
        registry.add("coral.egress.allow-private", () -> SERVER.endpoint());
    }

    @BeforeEach
    void somebody() {
        person = people.aPerson();
        SERVER.reset();
    }

    static EmbeddingsServer server() {
        return SERVER;
    }

    void imported(int first, String... texts) {
        person.tenant().run(() -> Imported.posts(door, IntStream.range(0, texts.length).mapToObj(i -> new Post("20500000000000" + (10_000 + first + i), "reef",
                texts[i], Instant.parse("2026-05-01T12:00:00Z").plusSeconds(i), "en", null, null, new PostCounts(0, 0, 0))).toArray(Post[]::new)));
    }

    void withKey(String key) {
        person.tenant().run(() -> keys.save(ServiceName.OPENAI, key));
    }

    JsonNode chosen(String embeddings) {
        return person.patch(SETTINGS, Map.of("embeddings", embeddings)).json().path("settings");
    }

    JsonNode settings() {
        return person.get(SETTINGS).json().path("settings");
    }

    void awaitEmbedded(int texts) {
        await().atMost(ofMinutes(2)).untilAsserted(() -> assertThat(settings().path("embedded").asInt()).as(settings().toString()).isEqualTo(texts));
        await().atMost(ofMinutes(2)).untilAsserted(() -> assertThat(settings().path("answering")).isEqualTo(settings().path("embeddings")));
    }

    void awaitWait(String code) {
        await().atMost(ofMinutes(2)).untilAsserted(() -> assertThat(settings().at("/waiting/code").asString("")).as(settings().toString()).isEqualTo(code));
    }

    JsonNode search(String q) {
        return person.get("/api/search?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8)).json();
    }

    /** The models that were called, one for each call. */
    List<String> called() {
        return person.tenant().call(() -> door.sql("""
                select model || ' ' || status as call from public.api_usage_logs where user_id = :tenant and endpoint = 'POST /embeddings' order by created_at limit 100
                """).list(row -> row.getString("call")));
    }

    List<String> models() {
        return person.tenant().call(() -> generations.list().stream().map(Generation::model).toList());
    }

    void limitDay(@Nullable Long microUsd) {
        Map<String, @Nullable Object> budget = new HashMap<>();
        budget.put("day_micro_usd", microUsd);
        budget.put("stopped", false);
        assertThat(person.put("/api/user/budget", budget).status()).isEqualTo(200);
    }
}
