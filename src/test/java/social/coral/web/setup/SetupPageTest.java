package social.coral.web.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

@CoralTest
class SetupPageTest {

    @Autowired private People people;
    @Autowired private ApiKeys keys;

    @Test
    void typedHandlesBringNoExamplesAlong() {
        TestPerson person = people.aPerson();
        person.browser().form("/setup/sandbox", Map.of());
        assertThat(person.browser().get("/setup?step=accounts").body()).contains("name=\"example\"").doesNotContain("checked");
        assertThat(person.browser().form("/setup/accounts", Map.of("handles", "deep_sea")).header("Location")).isEqualTo("/setup?step=review");
        assertThat(person.get("/api/x-accounts").json().at("/x_accounts")).singleElement()
                .satisfies(account -> assertThat(account.at("/username").asString()).isEqualTo("deep_sea"));
    }

    @Test
    void anAccountCanBeTakenOffTheListAgainAndWhatIsTypedForOthersStays() {
        TestPerson person = people.aPerson();
        String id = person.post("/api/x-accounts", Map.of("username", "mistaken")).text("/x_account/id");
        assertThat(person.browser().get("/setup?step=accounts").body()).contains("Remove @mistaken");
        TestAnswer after = person.browser().form("/setup/accounts/" + id + "/remove", Map.of("handles", "still_typed"));
        assertThat(after.body()).contains("still_typed").doesNotContain("mistaken");
        assertThat(person.get("/api/x-accounts").json().at("/x_accounts").size()).isZero();
    }

    @Test
    void ofSeveralKeysItIsToldWhichWereSavedAndWhichWereNot() {
        TestPerson person = people.aPerson();
        TestAnswer answer = person.browser().form("/setup/keys", Map.of("perplexity", "pplx-0123456789abcdef", "openai", "two words"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).containsSubsequence("Results", "OpenAI API key", "Not saved", "Perplexity API key", "Saved");
        assertThat(answer.body()).contains("openai-error").doesNotContain("two words", "pplx-0123");
        assertThat(person.get("/api/user/api-keys").json().at("/apiKeys")).singleElement()
                .satisfies(key -> assertThat(key.at("/service_name").asString()).isEqualTo("perplexity"));
    }

    @Test
    void aTokenThatXDoesNotAcceptIsNotPassedOverAndTheSandboxReplacesItOnlyAfterAQuestion() {
        TestPerson person = people.aPerson();
        person.browser().form("/setup/sandbox", Map.of());
        TestAnswer answer = person.browser().form("/setup/keys", Map.of("twitter_bearer", "AAAAAAAAAAAAAAAAAAAAAnot-a-token-of-x"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).containsSubsequence("Use the sandbox", "Results", "X bearer token", "Saved, ");
        assertThat(answer.body().split("could not be reached", -1)).as("told once").hasSize(2);
        assertThat(answer.body()).as("it was saved").doesNotContain("twitter_bearer-error", "could not be checked. The key");

        assertThat(person.browser().form("/setup/sandbox", Map.of()).body()).contains("Use the sandbox instead of X?", "is deleted here", "action=\"/setup/sandbox\"");
        assertThat(inSandbox(person)).isFalse();
        assertThat(person.browser().form("/setup/sandbox", Map.of("confirmed", "true")).header("Location")).isEqualTo("/setup?step=accounts");
        assertThat(inSandbox(person)).isTrue();
    }

    private boolean inSandbox(TestPerson person) {
        boolean[] sandbox = {false};
        person.tenant().run(() -> sandbox[0] = keys.find(ServiceName.TWITTER_BEARER).orElseThrow().sandbox());
        return sandbox[0];
    }

    @Test
    void aFirstRunThatFailedIsNotCalledASetup() {
        TestPerson person = people.aPerson();
        person.browser().form("/setup/sandbox", Map.of());
        person.post("/api/x-accounts", Map.of("username", "nobody_has_it"));
        String run = String.valueOf(person.browser().form("/setup/finish", Map.of()).header("Location"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> person.browser().get(run).body().contains("The first posts could not be collected"));
        assertThat(person.browser().get(run).body()).contains("Check the key", "Failed").doesNotContain("You are all set", "View posts");
    }

    @Test
    void anAccountThatTheFirstRunCouldNotReadIsNamedWithItsRemedy() {
        TestPerson person = people.aPerson();
        person.browser().form("/setup/sandbox", Map.of());
        person.post("/api/x-accounts", Map.of("username", "reef_notes"));
        person.post("/api/x-accounts", Map.of("username", "nobody_has_it"));
        String run = String.valueOf(person.browser().form("/setup/finish", Map.of()).header("Location"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> person.browser().get(run).body().contains("Partly completed"));
        assertThat(person.browser().get(run).body())
                .contains(">@nobody_has_it</a> could not be read. There is no account @nobody_has_it in the sandbox.", "href=\"/accounts?q=nobody_has_it\"", "set a schedule", "/agents/tweet-scraping/schedule")
                .doesNotContain("You are all set");
        person.put("/api/agents/tweet-scraping/schedule", Map.of("enabled", true, "every", "PT6H", "time_zone", "UTC"));
        assertThat(person.browser().get(run).body()).contains("Schedule: Every 6 hours.").doesNotContain("set a schedule");
    }

    @Test
    void aKeyThatCouldNotBeCheckedIsNotCalledSavedAlone() {
        TestPerson person = people.aPerson();
        person.tenant().run(() -> {
            keys.save(ServiceName.ANTHROPIC, "sk-ant-0123456789abcdef");
            keys.mark(keys.open(ServiceName.ANTHROPIC).orElseThrow(), ApiKey.State.UNCHECKED, "Anthropic could not be reached; test it again later.");
        });
        assertThat(person.browser().get("/setup?step=review").body())
                .contains("Saved, not checked", "Anthropic could not be reached; test it again later.");
    }

    @Test
    void whoHasFinishedIsShownWhereEachThingIsChanged() {
        TestPerson person = people.aPerson();
        assertThat(person.browser().get("/setup").body()).contains("Step 1 of 5");
        person.patch("/api/user/profile", Map.of("setup_completed", true));
        assertThat(person.browser().get("/setup").body())
                .contains("Setup is finished", "X bearer token is missing", "href=\"/settings\"", "href=\"/settings/keys\"", "href=\"/accounts\"", "href=\"/agents\"", "href=\"/persona\"")
                .doesNotContain("Step 1");
    }
}
