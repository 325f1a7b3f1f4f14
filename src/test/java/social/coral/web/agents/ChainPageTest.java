package social.coral.web.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.tenancy.TenantDoor;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Meter;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;
import social.coral.web.frame.Figures;

/** The switch by which an agent starts the next one, on the page and in the API. */
@CoralTest
class ChainPageTest {

    private static final String RESEARCH = "/agents/research/chain";

    @Autowired private People people;
    @Autowired private TenantDoor door;
    @Autowired private Meter meter;
    @Autowired private ApiKeys keys;

    @Test
    void anAgentStartsTheNextOnlyOnceThePersonSaysSo() {
        TestPerson person = people.aPerson();
        assertThat(person.get("/api" + RESEARCH).json().at("/chain").toString()).isEqualTo("{\"next\":\"blog-writing\",\"enabled\":false}");
        assertThat(person.browser().form(RESEARCH, Map.of("enabled", "true")).status()).isEqualTo(303);
        assertThat(person.browser().form(RESEARCH, Map.of("enabled", "true")).status()).as("again").isEqualTo(303);
        assertThat(person.get("/api" + RESEARCH).json().at("/chain/enabled").asBoolean()).isTrue();
        assertThat(person.get("/api/user/audit").body()).contains("chain.started").doesNotContain("chain.ended");
        assertThat(person.put("/api" + RESEARCH, Map.of("enabled", false)).json().at("/chain/enabled").asBoolean()).isFalse();
        assertThat(person.get("/api/user/audit").body()).contains("chain.ended");
    }

    @Test
    void whatIsNoChainIsRefusedByItsField() {
        TestPerson person = people.aPerson();
        assertThat(person.put("/api" + RESEARCH, Map.of()).text("/errors/0/field")).isEqualTo("enabled");
        TestAnswer other = person.put("/api" + RESEARCH, Map.of("enabled", true, "next", "tweet-scraping"));
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.text("/errors/0/field")).isEqualTo("next");
        for (String none : new String[] {"/agents/blog-to-tweet/chain", "/agents/unknown/chain"}) {
            assertThat(person.get("/api" + none).status()).isEqualTo(404);
            assertThat(person.put("/api" + none, Map.of("enabled", true)).status()).isEqualTo(404);
            assertThat(person.browser().form(none, Map.of("enabled", "true")).status()).isEqualTo(404);
        }
    }

    @Test
    void anAgentThatAnotherStartsSaysWhichUntilItHasAScheduleOfItsOwn() {
        TestPerson person = people.aPerson();
        person.put("/api" + RESEARCH, Map.of("enabled", true));
        assertThat(person.browser().get("/agents").body()).contains("After “Research topics”", "0 scheduled · 1 after another");
        person.put("/api/agents/blog-writing/schedule", Map.of("enabled", true, "every", "PT24H", "time_zone", "UTC"));
        assertThat(person.browser().get("/agents").body()).contains("Every day", "1 scheduled").doesNotContain("After “", "after another");
    }

    @Test
    void theCardSaysWhatTheNextAgentCostsInAMonth() throws Exception {
        TestPerson person = people.aPerson();
        assertThat(person.browser().get("/agents").body()).contains("Then start “Write blog posts”", "“Write blog posts” calls no service, so this costs nothing.");
        person.tenant().run(() -> keys.save(ServiceName.OPENAI, "sk-0123456789abcdef0123456789abcdef"));
        assertThat(person.browser().get("/agents").body()).contains("What this costs is known after the first run of “Write blog posts”.");
        long each = 0;
        for (int number = 0; number < 2; number++) {
            each = aRunOfWriting(person, "A topic " + number);
        }
        assertThat(each).isPositive();
        assertThat(person.browser().get("/agents").body()).contains(", by its last 2 runs. “Research topics” has no schedule.");
        person.put("/api/agents/research/schedule", Map.of("enabled", true, "every", "PT24H", "time_zone", "UTC"));
        assertThat(person.browser().get("/agents").body()).contains("This costs about " + money(30 * each) + " in 30 days, " + money(each) + " each time, by its last 2 runs");
    }

    private long aRunOfWriting(TestPerson person, String step) throws Exception {
        return person.tenant().call(() -> {
            UUID run = door.sql("insert into public.agent_runs (agent, trigger, status, finished_at) values ('blog-writing', 'person', 'succeeded', now()) returning id")
                    .one(row -> row.getObject("id", UUID.class));
            door.sql("insert into public.agent_run_steps (run_id, position, name, status) values (:run, 0, :step, 'succeeded')")
                    .param("run", run).param("step", step).update();
            Amount used = new Amount(0, 100_000, 0, 50_000, 0);
            Call call = new Call("openai", "POST /v1/chat/completions", "gpt-6.2-sol", "");
            meter.open(call, used, new Meter.Reason("blog-writing", run, step)).settle(Call.Outcome.OK, used, Duration.ofSeconds(1));
            return meter.price(call, used);
        });
    }

    private static String money(long microUsd) {
        return Figures.money(microUsd);
    }
}
