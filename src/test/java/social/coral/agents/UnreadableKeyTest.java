package social.coral.agents;

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
import social.coral.tenancy.TenantDoor;

@CoralTest
class UnreadableKeyTest {

    @Autowired
    People people;

    @Autowired
    TenantDoor door;

    @Test
    void aKeyThatDoesNotOpenStopsTheRunByNameAndShowsInThePages() {
        TestPerson person = people.aPerson();
        person.post("/api/user/api-keys", Map.of("service_name", "twitter_bearer", "api_key", "sandbox-0123456789abcdef"));
        assertThat(person.post("/api/x-accounts", Map.of("username", "night_trains")).status()).isEqualTo(201);
        person.tenant().run(() -> door.sql("""
                        update public.user_api_keys set encrypted_key = set_byte(encrypted_key, 20, get_byte(encrypted_key, 20) # 1)
                        where user_id = :tenant and service_name = 'twitter_bearer'
                        """)
                .update());

        TestAnswer started = person.post("/api/agents/tweet-scraping/run", Map.of());
        assertThat(started.status()).as(started.body()).isEqualTo(202);
        String run = started.text("/run/id");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> person.get("/api/runs/" + run).text("/run/status"), "failed"::equals);

        assertThat(person.get("/api/runs/" + run).text("/run/error")).startsWith("The stored X bearer token cannot be decrypted.");
        assertThat(person.browser().get("/runs/" + run).body()).contains("The stored X bearer token cannot be decrypted.");
        assertThat(person.get("/api/user/api-keys").text("/apiKeys/0/state")).isEqualTo("unreadable");
        assertThat(person.browser().get("/settings/keys").body()).contains("Cannot be opened");
        assertThat(person.browser().get("/dashboard").body()).contains("X bearer token");
        assertThat(person.get("/api/logs").body()).contains("The stored X bearer token cannot be decrypted.");
    }
}
