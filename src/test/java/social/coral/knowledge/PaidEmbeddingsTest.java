package social.coral.knowledge;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.context.TestPropertySource;
import social.coral.CoralTest;
import social.coral.TestAnswer;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding;
import social.coral.tenancy.Databases;
import social.coral.tenancy.OwnerDoor;
import tools.jackson.databind.JsonNode;

/** A tenant chooses between the model in the process and one that it pays for. */
@CoralTest
@TestPropertySource(properties = "coral.test.embeddings=true")
class PaidEmbeddingsTest extends PaidEmbeddingsContract {

    private static final String SMALL = "text-embedding-3-small";

    @Autowired
    private DatabaseServer database;

    @Autowired
    private Databases databases;

    @Autowired
    private EmbeddingSettings embeddings;

    private void threePosts() {
        imported(0, "Warm water is killing the corals.", "Central banks make borrowing more expensive.", "The kettle is on.");
        awaitEmbedded(3);
    }

    private void threePostsBySmall() {
        threePosts();
        withKey("sk-good0123456789abcdef");
        chosen(SMALL);
        awaitEmbedded(3);
        await().atMost(ofMinutes(1)).untilAsserted(() -> assertThat(models()).containsExactly(SMALL));
    }

    @Test
    void withoutAKeyThatWorksNoModelOfOpenAiCanBeChosen() {
        TestAnswer refused = person.patch(SETTINGS, Map.of("embeddings", SMALL));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo("embeddings");
        assertThat(refused.text("/errors/0/message")).contains("OpenAI API key", "under Settings, Keys");
        assertThat(settings().path("embeddings").asString()).isEqualTo("built-in");
    }

    @ParameterizedTest
    @CsvSource({"embeddings,word2vec", "embeddings,''", "model,built-in"})
    void whatIsNoChoiceIsRefusedByItsField(String field, String value) {
        TestAnswer refused = person.patch(SETTINGS, Map.of(field, value));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void theModelBeforeAnswersUntilTheChosenOneHasMadeAllVectors() {
        threePosts();
        server().refuse("sk-bad0123456789abcdef");
        withKey("sk-bad0123456789abcdef");
        JsonNode state = chosen(SMALL);
        assertThat(state.path("answering").asString()).isEqualTo("built-in");
        assertThat(state.path("texts").asInt()).isEqualTo(3);
        assertThat(state.path("remaining_cost_micro_usd").asLong()).isPositive();
        awaitWait("credentials_refused");
        assertThat(settings().at("/waiting/reason").asString()).contains("OpenAI does not accept this key");
        assertThat(KnowledgeCheckup.of(database, new MockEnvironment()).getFirst()).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Finding.Level.OK);
            assertThat(finding.sentence()).containsPattern("tenants wait for a service: \\{.*credentials_refused=\\d");
        });
        assertThat(person.get("/api/user/api-keys").json().toString()).contains("\"state\":\"refused\"");
        JsonNode meanwhile = search("interest rates go up");
        assertThat(meanwhile.at("/results/0/text").asString()).startsWith("Central banks");
        assertThat(meanwhile.at("/notice").isNull()).as(meanwhile.toString()).isTrue();
        imported(10, "Interest is low in the city.");
        await().atMost(ofMinutes(1)).untilAsserted(() -> assertThat(search("a town with little curiosity").at("/results/0/text").asString()).as("new texts too").startsWith("Interest"));
        assertThat(server().texts()).isEmpty();
        assertThat(called()).allMatch(call -> call.endsWith("refused"));

        withKey("sk-good0123456789abcdef");
        awaitEmbedded(4);
        assertThat(settings().path("remaining_cost_micro_usd").asLong()).isZero();
        assertThat(settings().path("waiting").isNull()).isTrue();
        await().atMost(ofMinutes(1)).untilAsserted(() -> assertThat(models()).containsExactly(SMALL));
        assertThat(called()).contains(SMALL + " ok");
    }

    @Test
    void aQuestionIsPaidForOnce() {
        threePostsBySmall();
        int calls = called().size();
        JsonNode found = search("water for corals");
        assertThat(found.at("/results/0/found_by").toString()).contains("meaning");
        assertThat(server().texts()).last().isEqualTo("water for corals");
        search("water for corals");
        assertThat(called()).hasSize(calls + 1);
    }

    @Test
    void whenTheBudgetIsUsedUpSearchesGoByWordsAndNewTextsWait() {
        threePostsBySmall();
        limitDay(0L);
        JsonNode found = search("the kettle of somebody");
        assertThat(found.at("/notice").asString()).contains("Only words were searched.", "daily limit", "Settings, Usage");
        assertThat(found.at("/results/0/text").asString()).isEqualTo("The kettle is on.");
        imported(20, "A second kettle.");
        awaitWait("budget_exceeded");
        assertThat(settings().path("embedded").asInt()).isEqualTo(3);
        limitDay(null);
        awaitEmbedded(4);
        assertThat(search("the kettle of somebody").at("/notice").isNull()).isTrue();
    }

    @Test
    void aTextThatTheServiceRefusesIsLeftOutAloneAndSaid() {
        threePosts();
        imported(30, "A text that nobody reads.");
        server().refuseTexts("nobody reads");
        withKey("sk-good0123456789abcdef");
        chosen(SMALL);

        awaitEmbedded(3);

        assertThat(settings().path("refused").asInt()).isOne();
        assertThat(settings().path("waiting").isNull()).isTrue();
        assertThat(person.browser().get("/knowledge/settings").body()).contains("has indexed all your posts but 1, which OpenAI refuses. You can still find it by its words.");
        assertThat(search("a text that nobody reads").at("/results/0/found_by").toString()).isEqualTo("[\"words\"]");
    }

    @Test
    void aServiceThatRefusesEveryTextIsWaitedFor() {
        threePosts();
        server().refuseTexts("");
        withKey("sk-good0123456789abcdef");
        chosen(SMALL);

        awaitWait("rejected");

        assertThat(settings().path("embedded").asInt()).isZero();
        assertThat(settings().path("refused").asInt()).isZero();
    }

    @Test
    void nothingIsPaidForWhileAnAccountIsSuspended() {
        threePosts();
        withKey("sk-good0123456789abcdef");
        JdbcClient.create(databases.auth()).sql("update auth.users set banned_until = now() + interval '1 day' where id = ?").param(person.id()).update();
        person.tenant().run(() -> embeddings.change(Map.of("embeddings", SMALL)));

        await().atMost(ofMinutes(1)).untilAsserted(() -> assertThat(person.tenant().call(() -> embeddings.state()).waiting())
                .extracting(EmbeddingState.Waiting::code).isEqualTo("suspended"));

        assertThat(called()).isEmpty();
    }

    @Test
    void whoChangesBackPaysNothingTwiceAndLeavesNothingBehind() {
        threePostsBySmall();
        chosen("built-in");
        awaitEmbedded(3);
        assertThat(models()).containsExactly(MiniLmModel.NAME, SMALL);
        int paid = server().texts().size();
        assertThat(search("interest rates go up").at("/results/0/text").asString()).startsWith("Central banks");
        assertThat(chosen(SMALL).path("embedded").asInt()).isEqualTo(3);
        awaitEmbedded(3);
        assertThat(server().texts()).hasSize(paid);
        chosen("built-in");
        awaitEmbedded(3);
        try (OwnerDoor owner = OwnerDoor.open(database)) {
            person.tenant().run(() -> owner.tenants().sql("update public.knowledge_generations set chosen_at = chosen_at - interval '1 day' where user_id = :tenant").update());
        }
        chosen("built-in");
        await().atMost(ofMinutes(1)).untilAsserted(() -> assertThat(models()).containsExactly(MiniLmModel.NAME));
        assertThat(search("interest rates go up").at("/results/0/found_by").toString()).contains("meaning");
    }
}
