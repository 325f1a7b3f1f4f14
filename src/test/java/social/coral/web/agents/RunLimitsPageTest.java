package social.coral.web.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;

/** What one run of an agent may do at most, on the page and in the API. */
@CoralTest
class RunLimitsPageTest {

    private static final String PAGE = "/agents/research/limits";

    @Autowired private People people;

    @Test
    void limitsAreTypedInWordsOfThePageAndReadBack() {
        TestPerson person = people.aPerson();
        assertThat(person.get("/api" + PAGE).json().at("/limits/steps").isNull()).isTrue();
        assertThat(person.get("/api" + PAGE).json().at("/defaults/minutes").asInt()).isEqualTo(120);
        assertThat(person.browser().form(PAGE, Map.of("steps", "3", "calls", "", "minutes", "15", "cost_micro_usd", "$1,50")).status()).isEqualTo(303);
        assertThat(person.get("/api" + PAGE).json().at("/limits").toString()).isEqualTo("{\"steps\":3,\"calls\":null,\"minutes\":15,\"cost_micro_usd\":1500000,\"hours_apart\":null,\"parts\":null}");
        assertThat(person.browser().get(PAGE).body()).contains("value=\"3\"", "value=\"15\"", "value=\"1.50\"");
        assertThat(person.patch("/api" + PAGE, Map.of("calls", 7)).json().at("/limits/steps").asInt()).as("what is not given stays").isEqualTo(3);
        assertThat(person.get("/api/user/audit").body()).contains("run_limits.changed");
    }

    @Test
    void theTimeBetweenTwoRepliesToOneAuthorIsASettingOfTheAgentThatReplies() {
        TestPerson person = people.aPerson();
        String page = "/agents/x-reply/limits";
        assertThat(person.browser().get(page).body()).contains("Hours between two replies to one author");
        assertThat(person.browser().get(PAGE).body()).doesNotContain("hours_apart");
        assertThat(person.browser().get("/agents").body()).contains("24 hours between two replies");
        assertThat(person.browser().form(page, Map.of("hours_apart", "1")).status()).isEqualTo(303);
        assertThat(person.get("/api" + page).json().at("/limits/hours_apart").asInt()).isEqualTo(1);
        assertThat(person.browser().get("/agents").body()).contains("1 hour between two replies");
        for (Object wrong : new Object[] {0, 721, "2", 1.5}) {
            assertThat(person.patch("/api" + page, Map.of("hours_apart", wrong)).text("/errors/0/field")).isEqualTo("hours_apart");
        }
        assertThat(person.patch("/api" + PAGE, Map.of("hours_apart", 3)).text("/errors/0/message")).contains("x-reply");
        assertThat(person.browser().form(page, Map.of("hours_apart", "a day")).body()).contains("id=\"hours_apart-error\"");
        assertThat(person.get("/api" + page).json().at("/limits/hours_apart").asInt()).isEqualTo(1);
    }

    @Test
    void howManyPartsAThreadMayHaveIsASettingOfTheAgentThatMakesThem() {
        TestPerson person = people.aPerson();
        String page = "/agents/blog-to-tweet/limits";
        assertThat(person.browser().get(page).body()).contains("Maximum parts of a thread").doesNotContain("hours_apart");
        assertThat(person.browser().get("/agents").body()).contains("threads of up to 6 parts");
        assertThat(person.browser().form(page, Map.of("parts", "1")).status()).isEqualTo(303);
        assertThat(person.get("/api" + page).json().at("/limits/parts").asInt()).isEqualTo(1);
        assertThat(person.browser().get("/agents").body()).contains("single posts");
        for (Object wrong : new Object[] {0, 26, "2", 1.5}) {
            assertThat(person.patch("/api" + page, Map.of("parts", wrong)).text("/errors/0/field")).isEqualTo("parts");
        }
        assertThat(person.patch("/api/agents/x-reply/limits", Map.of("parts", 3)).text("/errors/0/message")).contains("blog-to-tweet");
        assertThat(person.get("/api" + page).json().at("/limits/parts").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsWrongIsToldAtItsFieldAndWhatWasTypedStays() {
        TestPerson person = people.aPerson();
        TestAnswer again = person.browser().form(PAGE, Map.of("steps", "1001", "calls", "some", "minutes", "5", "cost_micro_usd", "0.001"));
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.body()).contains("id=\"steps-error\"", "id=\"calls-error\"", "id=\"cost_micro_usd-error\"", "value=\"some\"").doesNotContain("id=\"minutes-error\"");
        assertThat(person.get("/api" + PAGE).json().at("/limits/minutes").isNull()).isTrue();
        assertThat(person.get("/api/agents/unknown/limits").status()).isEqualTo(404);
        assertThat(person.patch("/api" + PAGE, Map.of("user_id", 7)).status()).isEqualTo(400);
    }
}
