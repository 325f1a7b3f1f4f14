package social.coral.web.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
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
}
