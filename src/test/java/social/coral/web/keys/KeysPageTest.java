package social.coral.web.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

@CoralTest
class KeysPageTest {

    @Autowired private People people;
    @Autowired private ApiKeys keys;

    @Test
    void theSandboxCanBeChosenAgainAndAKeyForXIsReplacedOnlyAfterAQuestion() {
        TestPerson person = people.aPerson();
        person.tenant().run(() -> keys.save(ServiceName.TWITTER_BEARER, "AAAAAAAAAAAAAAAAAAAAAMLheAAAAAAA0"));
        assertThat(person.browser().get("/settings/keys").body()).contains("Use the sandbox");
        assertThat(person.browser().form("/settings/keys/sandbox", Map.of()).body()).contains("Use the sandbox instead of X?", "is deleted here but remains valid with X");
        assertThat(inSandbox(person)).isFalse();
        assertThat(person.browser().form("/settings/keys/sandbox", Map.of("confirmed", "true")).header("Location")).isEqualTo("/settings/keys");
        assertThat(inSandbox(person)).isTrue();
        assertThat(person.browser().get("/settings/keys").body()).contains("Sandbox key").doesNotContain("Use the sandbox", "X bearer token</a>");
        assertThat(person.browser().get("/agents").body()).contains("Sandbox key").doesNotContain("X bearer token");
        assertThat(person.browser().get("/settings/keys/twitter_bearer").body()).contains("It replaces the sandbox key");

        person.delete("/api/user/api-keys/twitter_bearer");
        person.browser().form("/settings/keys/sandbox", Map.of());
        assertThat(inSandbox(person)).isTrue();
    }

    @Test
    void aSandboxKeyThatIsRefusedIsToldWhereItMattersAndReplacedByANewOne() {
        TestPerson person = people.aPerson();
        person.browser().form("/settings/keys/sandbox", Map.of());
        person.post("/api/x-accounts", Map.of("username", "reef_notes"));
        assertThat(person.browser().get("/agents").body()).contains("Ready", "Collect now");
        person.tenant().run(() -> keys.mark(keys.open(ServiceName.TWITTER_BEARER).orElseThrow(), ApiKey.State.REFUSED, "The sandbox does not accept it"));

        assertThat(person.browser().get("/agents").body()).contains("Key refused", "Use the sandbox").doesNotContain("Ready", "Collect now", ">saved<");
        assertThat(person.browser().get("/dashboard").body()).contains("The sandbox’s key stopped working", "Use the sandbox").doesNotContain("Enter it again");
        assertThat(person.browser().get("/settings/keys").body()).contains("The sandbox needs a new key", "Use the sandbox");
        assertThat(person.browser().get("/setup?step=keys").body()).contains("The sandbox needs a new key").doesNotContain("The sandbox is in use");
        person.browser().form("/settings/keys/sandbox", Map.of());
        assertThat(person.browser().get("/settings/keys").body()).doesNotContain("Use the sandbox");
        assertThat(person.browser().get("/agents").body()).contains("Ready", "Collect now");
    }

    @Test
    void theKeysThatAgentsDoWithoutStandApart() {
        TestPerson person = people.aPerson();
        assertThat(person.browser().get("/settings/keys").body())
                .containsSubsequence("X bearer token", "X keys of your account", "X API key", "<details", "Optional keys, for language models", "OpenAI API key").doesNotContain("<details class=\"panel\" open");
        person.post("/api/user/api-keys", Map.of("service_name", "perplexity", "api_key", "pplx-0123456789abcdef"));
        assertThat(person.browser().get("/settings/keys").body()).contains("<details class=\"panel\" open", "1 key entered");
    }

    private boolean inSandbox(TestPerson person) {
        boolean[] sandbox = {false};
        person.tenant().run(() -> sandbox[0] = keys.find(ServiceName.TWITTER_BEARER).orElseThrow().sandbox());
        return sandbox[0];
    }
}
