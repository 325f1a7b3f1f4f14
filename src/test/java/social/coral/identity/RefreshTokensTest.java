package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;

@CoralTest
class RefreshTokensTest {

    @Autowired People people;
    @Autowired AuthDatabase database;

    @Test
    void aTokenRenewsTheSessionAndYieldsItsSuccessor() {
        TestPerson person = people.aPerson();
        TestAnswer renewed = refresh(person.refreshToken());
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.text("/refresh_token")).isNotEqualTo(person.refreshToken()).hasSize(43);
        assertThat(renewed.text("/access_token")).isNotEmpty();
        assertThat(renewed.text("/user/id")).isEqualTo(person.id().toString());
        assertThat(refresh(renewed.text("/refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void aClientThatLostItsResponseGetsTheSameSuccessorHoweverLateItAsks() {
        TestPerson person = people.aPerson();
        TestAnswer lost = refresh(person.refreshToken());
        longAgo(person);
        TestAnswer again = refresh(person.refreshToken());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("/refresh_token")).isEqualTo(lost.text("/refresh_token"));
    }

    @Test
    void aTokenTwoStepsOldIsAcceptedForTenSeconds() {
        TestPerson person = people.aPerson();
        TestAnswer newest = refresh(refresh(person.refreshToken()).text("/refresh_token"));
        assertThat(refresh(person.refreshToken()).text("/refresh_token")).isEqualTo(newest.text("/refresh_token"));
    }

    @Test
    void reuseOfAnOldTokenEndsItsSession() {
        TestPerson person = people.aPerson();
        TestAnswer newest = refresh(refresh(person.refreshToken()).text("/refresh_token"));
        longAgo(person);

        TestAnswer stolen = refresh(person.refreshToken());
        assertThat(stolen.status()).isEqualTo(400);
        assertThat(stolen.text("/error_code")).isEqualTo("refresh_token_already_used");

        assertThat(refresh(newest.text("/refresh_token")).text("/error_code")).isEqualTo("refresh_token_not_found");
        assertThat(person.get("/api/user/profile").status()).isEqualTo(401);
        assertThat(people.aBrowserWith(person.cookie()).get("/api/user/profile").status()).isEqualTo(200);
    }

    @Test
    void refreshingManyTimesAtOnceLeavesOneFamilyWithOneSuccessor() throws Exception {
        TestPerson person = people.aPerson();
        List<Callable<String>> calls =
                IntStream.range(0, 12).<Callable<String>>mapToObj(i -> () -> refresh(person.refreshToken()).text("/refresh_token")).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(calls).stream().map(Future::resultNow).distinct()).hasSize(1).doesNotContain("");
        }
        assertThat(database.sql("""
                        select count(*) from auth.coral_refresh_tokens t join auth.coral_sessions s on s.id = t.session_id
                        where s.user_id = :person and t.spent_at is null
                        """)
                .param("person", person.id())
                .query(Integer.class)
                .single()).isEqualTo(1);
    }

    @Test
    void aSessionIsNotRenewedBeyondItsThirtyDays() {
        TestPerson person = people.aPerson();
        assertThat(database.sql("select min(expires_at - created_at) = interval '30 days' from auth.coral_sessions where user_id = :person")
                .param("person", person.id()).query(Boolean.class).single()).isTrue();
        database.sql("update auth.coral_sessions set expires_at = now() + interval '90 seconds' where user_id = :person")
                .param("person", person.id()).update();
        TestAnswer last = refresh(person.refreshToken());
        assertThat(Duration.ofSeconds(last.json().at("/expires_in").asLong())).isLessThanOrEqualTo(Duration.ofSeconds(90));

        database.sql("update auth.coral_sessions set expires_at = now() where user_id = :person").param("person", person.id()).update();
        assertThat(refresh(last.text("/refresh_token")).text("/error_code")).isEqualTo("session_expired");
    }

    @Test
    void aThiefWhoKeepsRenewingIsDetectedByTheOwnersOldToken() {
        TestPerson person = people.aPerson();
        TestAnswer thiefs = refresh(refresh(person.refreshToken()).text("/refresh_token"));
        renewedMoreOften(person, 2_900);
        thiefs = refresh(thiefs.text("/refresh_token"));
        assertThat(thiefs.status()).isEqualTo(200);
        longAgo(person);

        assertThat(refresh(person.refreshToken()).text("/error_code")).isEqualTo("refresh_token_already_used");

        assertThat(refresh(thiefs.text("/refresh_token")).status()).isEqualTo(400);
        assertThat(bearing(thiefs).status()).isEqualTo(401);
    }

    @Test
    void aSessionThatIsRenewedInALoopEndsBeforeItFillsTheTable() {
        TestPerson person = people.aPerson();
        TestAnswer renewed = refresh(person.refreshToken());
        renewedMoreOften(person, 3_000);

        assertThat(refresh(renewed.text("/refresh_token")).text("/error_code")).isEqualTo("session_expired");

        assertThat(bearing(renewed).status()).isEqualTo(401);
        assertThat(database.sql("""
                        select count(*) from auth.coral_refresh_tokens t join auth.coral_sessions s on s.id = t.session_id where s.user_id = :person
                        """)
                .param("person", person.id()).query(Integer.class).single()).isZero();
        assertThat(people.aStranger().post("/auth/v1/token?grant_type=password", person.credentials()).status()).isEqualTo(200);
    }

    private void renewedMoreOften(TestPerson person, int times) {
        database.sql("""
                        insert into auth.coral_refresh_tokens (token_hash, session_id, spent_at, created_at)
                        select sha256(convert_to(s.id || '/' || i, 'UTF8')), s.id, now(), now() - interval '1 minute'
                        from auth.coral_sessions s, generate_series(1, :times) as i where s.user_id = :person and s.cookie_hash is null
                        """)
                .param("times", times).param("person", person.id()).update();
    }

    private TestAnswer bearing(TestAnswer tokens) {
        return people.aStranger().with("Authorization", "Bearer " + tokens.text("/access_token")).get("/api/user/profile");
    }

    @Test
    void aForeignTokenIsRefused() {
        assertThat(refresh("made-up").text("/error_code")).isEqualTo("refresh_token_not_found");
        assertThat(people.aStranger().post("/auth/v1/token?grant_type=refresh_token").text("/error_code")).isEqualTo("validation_failed");
    }

    @Test
    void theDatabaseHoldsNoTokenThatCouldBeUsed() {
        TestPerson person = people.aPerson();
        String rows = database.sql("""
                        select string_agg(s::text || t::text, ' ') from auth.coral_sessions s left join auth.coral_refresh_tokens t on t.session_id = s.id
                        where s.user_id = :person
                        """)
                .param("person", person.id()).query(String.class).single();
        assertThat(rows).doesNotContain(person.refreshToken()).doesNotContain(person.cookie());
    }

    private TestAnswer refresh(String token) {
        return people.aStranger().post("/auth/v1/token?grant_type=refresh_token", Map.of("refresh_token", token));
    }

    private void longAgo(TestPerson person) {
        database.sql("""
                        update auth.coral_refresh_tokens set spent_at = spent_at - interval '1 hour'
                        where session_id in (select id from auth.coral_sessions where user_id = :person) and spent_at is not null
                        """)
                .param("person", person.id())
                .update();
    }
}
