package social.coral.web.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.tenancy.TenantDoor;

/** What went into each step and what came out of it, on the page of a run and in the API. */
@CoralTest
class StepMaterialPageTest {

    @Autowired private People people;
    @Autowired private TenantDoor door;

    private UUID aRun(TestPerson person) throws Exception {
        return person.tenant().call(() -> {
            UUID run = door.sql("insert into public.agent_runs (agent, trigger, status, finished_at) values ('research', 'person', 'succeeded', now()) returning id")
                    .one(row -> row.getObject("id", UUID.class));
            for (int place = 0; place < 20; place++) {
                door.sql("insert into public.agent_run_steps (run_id, position, name, status, started_at, finished_at) values (:run, :place, :name, 'succeeded', now(), now())")
                        .param("run", run).param("place", place).param("name", "step " + place).update();
                door.sql("update public.agent_run_steps set material = cast(:material as jsonb) where user_id = :tenant and run_id = :run and position = :place")
                        .param("run", run).param("place", place)
                        .param("material", "{\"read\": [{\"label\": \"Prompt\", \"text\": \"<b>Tell</b> of reef %d.\", \"page\": null, \"cut\": true}],".formatted(place)
                                + " \"made\": [{\"label\": \"Research\", \"text\": \"Reef %d bleaches.\", \"page\": \"/insights\", \"cut\": false}]}".formatted(place))
                        .update();
            }
            return run;
        });
    }

    @Test
    void thePageShowsThemInPartsThatOpenWithoutScriptsAndTheRestOnesAreOneLinkAway() throws Exception {
        TestPerson person = people.aPerson();
        String page = "/runs/" + aRun(person);
        assertThat(person.browser().get(page).body()).contains("<details class=\"material\" id=\"step-1\"", "&lt;b&gt;Tell&lt;/b&gt; of reef 0.", "(cut)",
                "<a href=\"/insights\">Research</a>", "<a href=\"/insights\">View the research<span", "Reef 15 bleaches.", page + "?step=17#row-17").doesNotContain("Reef 16 bleaches.");
        assertThat(person.browser().get(page + "?step=17").body()).contains("Reef 16 bleaches.", page + "?step=18#row-18").doesNotContain("Reef 17 bleaches.");
        assertThat(person.browser().get(page + "?step=999999").status()).isEqualTo(200);
    }

    @Test
    void theApiGivesThoseOfOneStepToItsOwnerAlone() throws Exception {
        TestPerson person = people.aPerson();
        String steps = "/api/runs/" + aRun(person) + "/steps/";
        assertThat(person.get(steps + 18).text("/material/made/0/text")).isEqualTo("Reef 17 bleaches.");
        assertThat(person.get(steps + 18).text("/step/name")).isEqualTo("step 17");
        for (String none : new String[] {"0", "21", "-1", "1000000"}) {
            assertThat(person.get(steps + none).status()).isEqualTo(404);
        }
        assertThat(people.aPerson().get(steps + 17).status()).isEqualTo(404);
    }
}
