package social.coral.web.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

@CoralTest
class WaitingRunPageTest {

    @Autowired
    People people;

    @Autowired
    TenantDoor door;

    @ParameterizedTest
    @ValueSource(strings = {"credentials_refused", "key_unreadable"})
    void aRunThatWaitsForANewKeySaysSoAndLeadsToTheKeys(String code) throws Exception {
        TestPerson person = people.aPerson();
        UUID run = person.tenant().call(() -> door.sql("""
                        insert into public.agent_runs (agent, trigger, status, waiting_until, error, error_code)
                        values ('tweet-scraping', 'schedule', 'waiting', now() + interval '1 hour', 'The key does not work.', :code) returning id
                        """)
                .param("code", code)
                .one(row -> Columns.id(row)));
        assertThat(person.browser().get("/agents").body()).contains("Waiting for a new key");
        assertThat(person.browser().get("/runs/" + run).body())
                .contains("Waiting for a new key", "The key does not work.", "as soon as you save a new key", "href=\"/settings/keys\"", "Try now");
    }

    @Test
    void aRunWhosePlanIsUsedUpDoesNotLeadToTheKeysAndItsWaitIsNoDurationAndOnlyItsPageQuotesTheService() throws Exception {
        TestPerson person = people.aPerson();
        UUID run = person.tenant().call(() -> door.sql("""
                        insert into public.agent_runs (agent, trigger, status, started_at, waiting_until, error, error_code)
                        values ('tweet-scraping', 'schedule', 'waiting', now() - interval '3 hours', now() + interval '1 hour',
                          'No credits are left. X says: “No credits, friend.”.', 'plan_refused') returning id
                        """)
                .one(row -> Columns.id(row)));
        assertThat(person.browser().get("/runs/" + run).body()).contains("No credits are left. X says: “No credits, friend.”.", ">–</dd>").doesNotContain("Go to keys", "3 h 0 min");
        assertThat(person.browser().get("/agents").body()).contains("No credits are left.").doesNotContain("friend");
        assertThat(person.browser().get("/dashboard").body()).doesNotContain("friend");
    }

    @ParameterizedTest
    @CsvSource({"2 new posts, true", "0 new posts, false", "0 new posts; 3 reposts left out, false", "11 new posts; the rest was left, true"})
    void postsAreOfferedAfterARunThatBroughtSome(String summary, boolean offered) throws Exception {
        TestPerson person = people.aPerson();
        UUID run = person.tenant().call(() -> {
            UUID id = door.sql("insert into public.agent_runs (agent, trigger, status, started_at, finished_at, progress_message) "
                            + "values ('tweet-scraping', 'person', 'succeeded', now(), now(), 'Done') returning id")
                    .one(row -> Columns.id(row));
            door.sql("insert into public.agent_run_steps (run_id, position, name, status, summary) values (:run, 0, '@reef', 'succeeded', :summary)")
                    .param("run", id).param("summary", summary).update();
            return id;
        });
        assertThat(person.browser().get("/runs/" + run).body().contains("View posts")).isEqualTo(offered);
    }
}
