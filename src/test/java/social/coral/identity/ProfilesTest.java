package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.tenancy.TenantDoor;

@CoralTest
class ProfilesTest {

    @Autowired People people;
    @Autowired TenantDoor door;

    @Test
    void aPersonChangesTheirOwnProfileAndNothingElse() {
        TestPerson person = people.aPerson();
        TestAnswer changed = person.patch("/api/user/profile", Map.of(
                "full_name", " Ada  ", "company_name", "Reef", "setup_completed", true, "time_zone", "Asia/Kolkata", "locale", "pt-BR"));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.text("/profile/full_name")).isEqualTo("Ada");
        assertThat(changed.text("/profile/time_zone")).isEqualTo("Asia/Kolkata");

        TestAnswer cleared = person.patch("/api/user/profile", "{\"company_name\":null}");
        assertThat(cleared.json().at("/profile/company_name").isNull()).isTrue();
        assertThat(cleared.text("/profile/full_name")).isEqualTo("Ada");
        assertThat(cleared.json().at("/profile/setup_completed").asBoolean()).isTrue();
        assertThat(person.get("/api/user/profile").json()).isEqualTo(cleared.json());
        assertThat(person.patch("/api/user/profile", "{}").status()).isEqualTo(200);
    }

    @Test
    void aTenantCannotRaiseItsOwnTierOrLimit() {
        TestPerson person = people.aPerson();
        for (String field : List.of("subscription_tier", "api_usage_limit", "api_usage_current", "user_id", "id", "email", "created_at", "nonsense")) {
            TestAnswer answer = person.patch("/api/user/profile", Map.of(field, "pro", "full_name", "Changed"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("/errors/0/field")).isEqualTo(field);
        }
        assertThat(person.get("/api/user/profile").json().at("/profile/full_name").isNull()).isTrue();

        assertThatThrownBy(() -> person.tenant().run(() -> door.sql("update user_profiles set subscription_tier = 'pro' where user_id = :tenant").update()))
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> person.tenant().run(() -> door.sql("update user_profiles set api_usage_current = 0 where user_id = :tenant").update()))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void anInvalidValueIsRefusedWithItsField() {
        TestPerson person = people.aPerson();
        Map<String, Object> wrong = Map.of(
                "time_zone", "+05:30", "locale", "in English", "setup_completed", "yes", "long_posts", "on", "full_name", "x".repeat(201), "company_name", "\0");
        TestAnswer answer = person.patch("/api/user/profile", wrong);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors").size()).isEqualTo(6);
        assertThat(person.patch("/api/user/profile", "{\"time_zone\":null}").status()).isEqualTo(400);
        assertThat(person.patch("/api/user/profile", "[]").status()).isEqualTo(400);
        assertThat(person.patch("/api/user/profile", "").status()).isEqualTo(400);
    }

    @Test
    void nobodySeesAnothersProfile() {
        TestPerson one = people.aPerson();
        TestPerson other = people.aPerson();
        assertThat(one.get("/api/user/profile").text("/profile/email")).isEqualTo(one.email());
        assertThat(other.get("/api/user/profile").text("/profile/email")).isEqualTo(other.email());
    }
}
