package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;

@CoralTest
class BrowserSessionsTest {

    @Autowired People people;
    @Autowired BrowserSessions sessions;
    @Autowired AuthDatabase database;

    @Test
    void aCookieIsWorthItsPersonUntilItsSessionEnds() {
        TestPerson person = people.aPerson();
        SignedInPerson found = sessions.find(person.cookie()).orElseThrow();
        assertThat(found.id()).isEqualTo(person.id());
        assertThat(found.email()).isEqualTo(person.email());
        assertThat(found.aal()).isEqualTo("aal1");

        sessions.end(person.cookie(), new Client("127.0.0.1", null));
        assertThat(sessions.find(person.cookie())).isEmpty();
        sessions.end(person.cookie(), new Client("127.0.0.1", null));
        assertThat(person.get("/api/user/profile").status()).isEqualTo(200);
    }

    @Test
    void theLastUseIsKeptToTheMinute() {
        TestPerson person = people.aPerson();
        shiftLastUse(person, "30 seconds");
        sessions.find(person.cookie());
        assertThat(secondsSinceLastUse(person)).isGreaterThanOrEqualTo(30);

        shiftLastUse(person, "90 seconds");
        sessions.find(person.cookie());
        assertThat(secondsSinceLastUse(person)).isLessThan(30);
    }

    @Test
    void aSessionThatIsIdleForTwoWeeksEnds() {
        TestPerson person = people.aPerson();
        database.sql("update auth.coral_sessions set last_used_at = now() - interval '13 days' where user_id = :person")
                .param("person", person.id()).update();
        assertThat(person.browser().get("/api/user/profile").status()).isEqualTo(200);
        assertThat(person.get("/auth/v1/user").status()).isEqualTo(200);

        database.sql("update auth.coral_sessions set last_used_at = now() - interval '14 days' where user_id = :person")
                .param("person", person.id()).update();
        assertThat(person.browser().get("/api/user/profile").status()).isEqualTo(401);
        assertThat(person.get("/auth/v1/user").text("/error_code")).isEqualTo("session_not_found");
        assertThat(people.aStranger().post("/auth/v1/token?grant_type=refresh_token", Map.of("refresh_token", person.refreshToken()))
                .text("/error_code")).isEqualTo("session_expired");
    }

    private void shiftLastUse(TestPerson person, String by) {
        database.sql("update auth.coral_sessions set last_used_at = now() - cast(:by as interval) where user_id = :person and cookie_hash is not null")
                .param("by", by).param("person", person.id()).update();
    }

    private int secondsSinceLastUse(TestPerson person) {
        return database.sql("select extract(epoch from now() - last_used_at)::int from auth.coral_sessions where user_id = :person and cookie_hash is not null")
                .param("person", person.id()).query(Integer.class).single();
    }
}
