package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.api.Page;
import social.coral.installation.DatabaseServer;
import tools.jackson.databind.JsonNode;

@CoralTest
class AuditTest {

    @Autowired
    People people;

    @Autowired
    TenantDoor door;

    @Autowired
    AuditLog log;

    @Autowired
    DatabaseServer server;

    @Autowired
    Databases databases;

    private TestPerson person;

    @BeforeEach
    void aPerson() {
        person = people.aPerson();
    }

    @Test
    void everyChangeAndEveryReadOfASecretIsEnteredWithWhoWhenAndFromWhere() {
        String account = person.post("/api/x-accounts", Map.of("username", "reefcheck")).text("/x_account/id");
        person.patch("/api/x-accounts/" + account, Map.of("priority", 90));
        person.delete("/api/x-accounts/" + account);
        String post = person.post("/api/tweets", Map.of("content", "a draft")).text("/tweet/id");
        person.patch("/api/tweets/" + post, Map.of("content", "a better draft"));
        person.delete("/api/tweets/" + post);
        String persona = person.post("/api/personas", Map.of("name", "Dry")).text("/persona/id");
        person.patch("/api/personas/" + persona, Map.of("tone", "dry"));
        person.delete("/api/personas/" + persona);
        person.patch("/api/user/profile", Map.of("company_name", "Reef"));
        person.post("/api/user/api-keys", Map.of("service_name", "openai", "api_key", "sk-of-no-service-000000000000"));
        person.api().post("/api/user/api-keys/openai/check");
        person.delete("/api/user/api-keys/openai");
        person.put("/api/agents/tweet-scraping/schedule", Map.of("enabled", false, "every", "PT30M", "time_zone", "UTC"));
        person.api().send("POST", "/api/tweets/cache/import?author=reef", BodyPublishers.ofString("id,text,created_at\n1,one,2026-01-01T00:00:00Z\n"), "text/csv");

        List<JsonNode> entries = entries("?limit=100");

        assertThat(entries).extracting(entry -> entry.get("action").stringValue() + " " + entry.get("subject").stringValue()).containsExactly(
                "posts.imported 1 post from upload", "schedule.changed tweet-scraping",
                "api_key.deleted openai", "api_key.checked openai", "api_key.saved openai", "profile.changed ",
                "persona.deleted Dry", "persona.changed Dry", "persona.added Dry",
                "post.deleted " + post + " a better draft", "post.changed " + post + " a better draft", "post.written " + post + " a draft",
                "account.removed @reefcheck", "account.changed @reefcheck: priority 90", "account.added @reefcheck",
                "session.opened browser", "person.created program");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.get("actor").stringValue()).isEqualTo("person");
            assertThat(entry.get("address").stringValue()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1", "::1");
            assertThat(entry.get("at").stringValue()).startsWith("20").endsWith("Z");
            assertThat(entry.get("session_id").isNull()).isFalse();
        });
        assertThat(entries).extracting(entry -> entry.get("position").asInt()).isEqualTo(
                IntStream.iterate(entries.size(), i -> i > 0, i -> i - 1).boxed().toList());
    }

    @Test
    void whatWasRefusedOrTakenBackLeavesNoEntry() {
        int before = entries("").size();

        person.post("/api/tweets", Map.of("content", ""));
        person.delete("/api/tweets/" + UUID.randomUUID());
        person.patch("/api/user/profile", Map.of("time_zone", "Nowhere"));
        person.tenant().run(() -> assertThatThrownBy(() -> door.transaction(() -> {
            door.audit("post.written", "one");
            throw new IllegalStateException("stop");
        })).hasMessage("stop"));
        person.tenant().run(() -> assertThatThrownBy(() -> door.audit("post.written", "two")).isInstanceOf(IllegalStateException.class));

        assertThat(entries("")).hasSize(before);
    }

    @Test
    void theListIsFilteredByActorActionWordAndTime() {
        person.post("/api/tweets", Map.of("content", "a draft"));
        person.post("/api/personas", Map.of("name", "Dry"));
        person.tenant().run(() -> {
            try {
                Actor.agent("tweet-scraping").call(() -> door.transaction(() -> {
                    door.audit("posts.collected", "3 posts of @reef");
                    return true;
                }));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });

        assertThat(entries("?actor=agent")).singleElement().matches(entry -> entry.get("actor").stringValue().equals("agent tweet-scraping"));
        assertThat(entries("?action=persona")).hasSize(1);
        assertThat(entries("?action=post.written")).hasSize(1);
        assertThat(entries("?q=REEF")).hasSize(1);
        assertThat(entries("?q=saved+draft")).as("as the page words it, in any order").hasSize(1);
        assertThat(entries("?q=posts+collect+reef")).hasSize(1);
        assertThat(entries("?q=collect+dry")).isEmpty();
        assertThat(entries("?q=100%25")).as("a sign that patterns know").isEmpty();
        assertThat(person.get("/api/user/audit?actor=nobody").text("/errors/0/field")).isEqualTo("actor");
        assertThat(entries("?from=2999-01-01T00:00:00Z")).isEmpty();
        assertThat(entries("?to=2000-01-01T00:00:00Z")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "%2B999999999-01-01T00:00:00Z", "%2B294277-01-01T00:00:00Z", "-99999-01-01T00:00:00Z"})
    void aTimeThatCannotBeLookedForIsRefusedByName(String time) {
        for (String field : List.of("from", "to")) {
            TestAnswer answer = person.get("/api/user/audit?" + field + "=" + time);
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.text("/errors/0/field")).isEqualTo(field);
        }
        assertThat(entries("?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "insert into public.audit_log (position, at, actor, action, subject, previous_hash, hash) values (99, now(), 'person', 'a.b', '', '', '')",
        "update public.audit_log set subject = 'nothing' where user_id = :tenant",
        "delete from public.audit_log where user_id = :tenant",
        "update audit.heads set position = 0 where user_id = :tenant",
        "delete from audit.log_other where user_id = :tenant"
    })
    void noTenantWritesItsAuditItself(String statement) {
        person.tenant().run(() -> assertThatThrownBy(() -> door.sql(statement).update()).isInstanceOf(DataAccessException.class)
                .hasRootCauseMessage("ERROR: permission denied for " + (statement.contains("audit.") ? "table " + (statement.contains("heads") ? "heads" : "log_other") : "table audit_log")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "update public.audit_log set subject = 'something else' where position = 2",
        "update public.audit_log set actor = 'system' where position = 2",
        "update public.audit_log set at = at - interval '1 second' where position = 2",
        "delete from public.audit_log where position = 2",
        "delete from public.audit_log where position = (select max(position) from public.audit_log)",
        "delete from public.audit_log",
        "update public.audit_log set position = 5 - position where position in (2, 3)"
    })
    void anEntryThatIsAlteredOrTakenAwayIsFound(String tampering) throws SQLException {
        person.post("/api/tweets", Map.of("content", "a draft"));
        person.post("/api/tweets", Map.of("content", "another"));
        try (Connection connection = server.connectAsOwner();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            TenantDoor owners = new TenantDoor(new SingleConnectionDataSource(connection, true), new TenantShares(1, 1), databases.claimsKey(), new RowBounds(databases.tables()));
            person.tenant().run(() -> assertThat(AuditChain.firstBreak(owners)).isEmpty());
            // As the owner, who stands above the application; the claims, which are still those of this tenant, bound it to its rows.
            assertThat(statement.executeUpdate(tampering)).isPositive();
            person.tenant().run(() -> assertThat(AuditChain.firstBreak(owners)).isPresent());
            connection.rollback();
        }
    }

    @Test
    void whatIsRepeatedAllDayIsEnteredInOneAndTheChainStaysWhole() throws SQLException {
        repeat("person", 250);
        assertThat(subjects("schedule.changed")).hasSize(200).doesNotContain("one 201");

        tenMinutesPass();
        person.post("/api/tweets", Map.of("content", "something else"));
        assertThat(subjects("schedule.changed")).hasSize(201).first().asString()
                .matches("50 more from 20[0-9-]{8} [0-9:]{5} to 20[0-9-]{8} [0-9:]{5} UTC, the last: one 250");

        repeat("person", 30);
        aDayPasses();
        repeat("person", 1);
        assertThat(subjects("schedule.changed")).hasSize(203).startsWith("one 1").element(1).asString().startsWith("30 more from");

        try (OwnerDoor owner = OwnerDoor.open(server)) {
            person.tenant().run(() -> assertThat(AuditChain.firstBreak(owner.tenants())).isEmpty());
        }
    }

    @Test
    void nobodyNewHidesBehindWhatIsRepeated() {
        repeat("person", 250);
        for (int i = 0; i < 30; i++) {
            repeat("agent thief-" + i, 2);
        }
        List<String> actors = entries("?action=schedule&limit=100").stream().map(entry -> entry.get("actor").stringValue()).toList();
        assertThat(actors).filteredOn(actor -> actor.startsWith("agent")).hasSize(19).contains("agent thief-0").doesNotHaveDuplicates();

        tenMinutesPass();
        person.post("/api/tweets", Map.of("content", "something else"));
        assertThat(subjects("schedule.changed")).first().asString().startsWith("91 more from");
    }

    @Test
    void signingInAndOutAllDayIsEnteredInOneToo() {
        for (int i = 0; i < 230; i++) {
            person.tenant().run(() -> door.transaction(() -> door.audit("session.opened", "browser")));
        }
        assertThat(subjects("session.opened")).hasSize(200);
        people.aStranger().post("/auth/v1/token?grant_type=password", person.credentials());
        assertThat(subjects("session.opened")).hasSize(200);
        tenMinutesPass();
        people.aStranger().post("/auth/v1/token?grant_type=password", person.credentials());
        assertThat(subjects("session.opened")).hasSize(201).first().asString().endsWith("the last: program");
    }

    private void repeat(String actor, int times) {
        person.tenant().run(() -> new Actor(actor, null, null).call(() -> door.transaction(() -> {
            for (int i = 1; i <= times; i++) {
                door.audit("schedule.changed", "one " + i);
            }
            return true;
        })));
    }

    private List<String> subjects(String action) {
        return IntStream.range(0, 3).boxed().flatMap(page -> entries("?limit=100&offset=" + 100 * page + "&action=" + action).stream())
                .map(entry -> entry.get("subject").stringValue()).toList();
    }

    private void tenMinutesPass() {
        asOwner("update audit.counts set told_at = told_at - interval '11 minutes'");
    }

    private void aDayPasses() {
        asOwner("update audit.counts set day = day - 1");
    }

    private void asOwner(String change) {
        try (Connection connection = server.connectAsOwner();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(change + " where user_id = '" + person.id() + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theMonthsToComeHaveTheirPartitionAndAnOldOneIsDroppedWithoutBreakingTheChain() throws SQLException {
        person.post("/api/tweets", Map.of("content", "a draft"));
        try (OwnerDoor owner = OwnerDoor.open(server);
                Connection connection = server.connectAsOwner();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("create table audit.log_2020_01 partition of public.audit_log for values from ('2020-01-01 00:00Z') to ('2020-02-01 00:00Z')");
            statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"" + person.id() + "\"}', true)");
            statement.execute("update public.audit_log set at = '2020-01-15 12:00Z' where position = 1");
            MonthlyPartitions.keepUp(statement, 12);
            connection.commit();

            person.tenant().run(() -> {
                assertThat(AuditChain.firstBreak(owner.tenants())).isEmpty();
                assertThat(log.list(AuditLog.Filter.ALL, new Page(100, 0))).extracting(AuditLog.Entry::position).doesNotContain(1L).contains(2L);
            });
        }
    }

    private List<JsonNode> entries(String query) {
        TestAnswer answer = person.get("/api/user/audit" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("audit").valueStream().toList();
    }
}
