package social.coral.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.api.AccountGone;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.Databases;
import social.coral.tenancy.TenantDoor;
import tools.jackson.databind.json.JsonMapper;

/** Erases an account over HTTP, as its owner does. */
@CoralTest
class ErasureTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Autowired
    private People people;

    @Autowired
    private TenantDoor door;

    @Autowired
    private Databases databases;

    @Autowired
    private DatabaseServer server;

    @Test
    void anErasedAccountIsFoundNowhereAndOthersKeepWhatTheyHave() throws Exception {
        TestPerson leaver = withSomeOfEverything();
        TestPerson other = withSomeOfEverything();
        other.api().put("/auth/v1/user", Map.of("data", Map.of("friend", leaver.email())));
        assertThat(Search.tablesThatHold(server, leaver.id(), leaver.id().toString()))
                .contains("tweets", "user_api_keys", "user_data_keys", "auth.users", "auth.coral_sessions", "audit.heads");

        TestAnswer answer = erase(leaver, Map.of("password", leaver.password(), "waive_grace", true));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/erasure/can_be_undone")).isEqualTo("false");
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                assertThat(Search.tablesThatHold(server, leaver.id(), leaver.id().toString())).isEmpty());
        // What somebody else wrote stays theirs.
        assertThat(Search.tablesThatHold(server, leaver.id(), leaver.email())).isSubsetOf("auth.users");
        // A session that was seen alive is believed to be for two seconds, in which nothing can be read with it.
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(leaver.get("/api/tweets").status()).isEqualTo(401));
        assertThat(people.aStranger().post("/auth/v1/token?grant_type=password", leaver.credentials()).text("/error_code"))
                .isEqualTo("invalid_credentials");
        assertThat(other.get("/api/tweets").json().get("tweets").size()).isEqualTo(1);
        assertThat(other.get("/api/user/api-keys").json().get("apiKeys").size()).isEqualTo(1);
    }

    @Test
    void theCertificateSaysWhatWasRemovedAndNothingOfThePerson() throws Exception {
        TestPerson leaver = withSomeOfEverything();
        erase(leaver, Map.of("waive_grace", true));

        Map<String, Object> certificate = Awaitility.await().atMost(Duration.ofSeconds(30))
                .until(() -> certificate(leaver), found -> "erased".equals(found.get("result")));

        assertThat(JSON.readTree(String.valueOf(certificate.get("removed"))).propertyNames())
                .contains("public.tweets", "public.x_accounts", "public.user_profiles", "public.user_data_keys", "public.audit_log", "auth.users");
        assertThat(certificate.toString()).doesNotContain(leaver.id().toString(), leaver.email());
        assertThat(certificate.get("finished_at")).isNotNull();
    }

    @Test
    void withinTheGraceAgentsStopAndEverythingCanBeUndone() {
        TestPerson leaver = withSomeOfEverything();

        TestAnswer asked = erase(leaver, Map.of("password", leaver.password()));

        assertThat(Duration.between(Instant.now(), Instant.parse(asked.text("/erasure/due_at")))).isBetween(Duration.ofDays(6), Duration.ofDays(7));
        assertThat(leaver.get("/api/user/profile").text("/profile/erasure_due_at")).isEqualTo(asked.text("/erasure/due_at"));
        assertThat(leaver.post("/api/agents/tweet-scraping/run", Map.of()).text("/error_code")).isEqualTo("account_leaving");
        assertThat(people.aStranger().post("/auth/v1/token?grant_type=password", leaver.credentials()).status()).isEqualTo(200);

        assertThat(leaver.api().post("/api/user/restore").status()).isEqualTo(204);

        assertThat(leaver.get("/api/user/profile").json().at("/profile/erasure_due_at").isNull()).isTrue();
        assertThat(leaver.post("/api/agents/tweet-scraping/run", Map.of()).status()).isEqualTo(202);
        assertThat(leaver.get("/api/tweets").json().get("tweets").size()).isEqualTo(1);
        assertThat(leaver.api().post("/api/user/restore").text("/error_code")).isEqualTo("nothing_to_undo");
        assertThat(leaver.get("/api/user/audit").body()).contains("erasure.asked", "erasure.undone");
    }

    @Test
    void onlyAPasswordOrARecentSignInErases() {
        TestPerson person = people.aPerson();
        JdbcClient.create(databases.auth())
                .sql("""
                        update auth.coral_sessions set amr = jsonb_build_array(jsonb_build_object('method', 'password',
                          'timestamp', extract(epoch from now() - interval '6 minutes')::bigint)) where user_id = ?
                        """)
                .param(person.id())
                .update();

        assertThat(erase(person, Map.of()).text("/error_code")).isEqualTo("reauthentication_needed");
        assertThat(erase(person, Map.of("password", "not mine at all")).text("/error_code")).isEqualTo("current_password_invalid");
        assertThat(erase(person, Map.of("password", person.password(), "user_id", person.id())).status()).isEqualTo(400);
        assertThat(person.get("/api/user/profile").json().at("/profile/erasure_due_at").isNull()).isTrue();
        assertThat(erase(person, Map.of("password", person.password())).status()).isEqualTo(202);
    }

    /** The one function that removes rows of tenants, in the hands of the role that may call it. */
    @Test
    void nobodyIsErasedWithoutARequestOrBeforeItIsDue() {
        TestPerson person = people.aPerson();
        JdbcClient jobs = JdbcClient.create(databases.jobs());

        assertThat(step(jobs, person)).isEqualTo("not asked");
        erase(person, Map.of("password", person.password()));
        assertThat(step(jobs, person)).isEqualTo("waiting");

        assertThat(person.get("/api/user/profile").status()).isEqualTo(200);
        for (JdbcClient stranger : List.of(JdbcClient.create(databases.auth()), JdbcClient.create(databases.meter()))) {
            assertThatThrownBy(() -> step(stranger, person)).isInstanceOf(DataAccessException.class);
        }
    }

    /** Work that was under way when the erasing began, in this process or another: it has the claims and a connection. */
    @Test
    void onceAnErasureHasBegunNothingIsReadOrWrittenInThePersonsName() {
        TestPerson person = withSomeOfEverything();
        erase(person, Map.of("waive_grace", true));

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !certificate(person).isEmpty());

        person.tenant().run(() -> {
            assertThat(door.sql("select id from public.tweets where user_id = :tenant").list(row -> row.getString(1))).isEmpty();
            ThrowingCallable late = () -> door.sql("insert into public.tweets (content) values ('late')").update();
            assertThatThrownBy(late).isInstanceOf(AccountGone.class);
            assertThatThrownBy(() -> door.transaction(() -> {
                door.audit("tweet.drafted", "late");
                return true;
            })).isInstanceOf(AccountGone.class);
            assertThatThrownBy(() -> door.transaction(() -> door.sql("insert into public.tweets (content) values (:text)").param("text", "late").update()))
                    .isInstanceOf(AccountGone.class);
            // Of somebody who is there it stays the fault that it is.
            assertThatThrownBy(() -> people.aPerson().tenant().run(() -> door.sql("delete from audit.heads").update()))
                    .isInstanceOf(BadSqlGrammarException.class);
        });
    }

    @Test
    void requestsDuringTheSendersErasureCauseNoFault() throws Exception {
        TestPerson person = withSomeOfEverything();
        String rows = IntStream.range(0, 60_000).mapToObj(i -> "{\"id\":\"" + i + "\",\"text\":\"a post\",\"created_at\":\"2026-01-01T00:00:00Z\"}\n").collect(Collectors.joining());
        CompletableFuture<TestAnswer> imported = CompletableFuture.supplyAsync(() -> person.api()
                .send("POST", "/api/tweets/cache/import?author=reef", HttpRequest.BodyPublishers.ofString(rows), "application/octet-stream"));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !person.get("/api/tweets/cache").json().get("tweets").isEmpty());

        erase(person, Map.of("waive_grace", true));

        Set<Integer> answers = new HashSet<>();
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10)).until(() -> {
            int status = person.post("/api/tweets", Map.of("content", "late")).status();
            answers.add(status);
            return status == 401 && !certificate(person).isEmpty();
        });
        assertThat(answers).isSubsetOf(201, 401);
        assertThat(imported.get().status()).as(imported.get().body()).isEqualTo(401);
        assertThat(imported.get().text("/error")).contains("posts were stored").doesNotContain("our side");
    }

    private TestPerson withSomeOfEverything() {
        TestPerson person = people.aPerson();
        person.post("/api/tweets", Map.of("content", "to be erased"));
        person.post("/api/x-accounts", Map.of("username", "reefcheck"));
        person.post("/api/user/api-keys", Map.of("service_name", "twitter_bearer", "api_key", "sandbox-0123456789abcdef"));
        person.put("/api/agents/tweet-scraping/schedule", Map.of("enabled", true, "every", "PT1H", "time_zone", "UTC"));
        return person;
    }

    private static String step(JdbcClient sql, TestPerson person) {
        return sql.sql("select jobs.erase_some(?, 100, true)").param(person.id()).query(String.class).single();
    }

    private static TestAnswer erase(TestPerson person, Map<String, ?> body) {
        return person.api().send("DELETE", "/api/user", HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)), "application/json");
    }

    /** As an operator finds it: by the hash of an id that somebody still knows. */
    private Map<String, Object> certificate(TestPerson person) {
        SingleConnectionDataSource owner = new SingleConnectionDataSource(server.connectAsOwner(), true);
        try {
            return JdbcClient.create(owner)
                    .sql("select began_at, finished_at, result, removed from tenancy.erasures where person_hash = sha256(convert_to(?, 'UTF8'))")
                    .param(person.id().toString())
                    .query()
                    .listOfRows().stream().findFirst().orElse(Map.of());
        } finally {
            owner.destroy();
        }
    }
}
