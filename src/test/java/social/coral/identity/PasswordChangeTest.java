package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.api.Failure;
import social.coral.installation.DatabaseServer;

/** A change of password ends what was begun with the old one, whichever of them commits last. */
@CoralTest
class PasswordChangeTest {

    private static final Client HERE = new Client("192.0.2.7", null);
    private static final String FRESH = "another battery staple 8";

    @Autowired social.coral.People testPeople;
    @Autowired People people;
    @Autowired Accounts accounts;
    @Autowired Sessions sessions;
    @Autowired SignIn signIn;
    @Autowired Reauthentication proof;
    @Autowired AuthDatabase database;
    @Autowired DatabaseServer server;

    @RepeatedTest(6)
    void nothingBegunWithTheOldPasswordOutlivesIt() throws Exception {
        TestPerson person = testPeople.aPerson();
        SignedInPerson mine = signIn.signIn(person.email(), person.password(), HERE, null).person();
        List<Callable<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            calls.add(() -> testPeople.aStranger().post("/auth/v1/token?grant_type=password", person.credentials()));
            calls.add(() -> signIn.signIn(person.email(), person.password(), HERE, null));
            calls.add(() -> testPeople.aStranger().post("/auth/v1/token?grant_type=refresh_token", Map.of("refresh_token", person.refreshToken())));
        }
        calls.add(5, () -> {
            accounts.changePassword(person.id(), mine.sessionId(), FRESH, person.password(), Map.of(), HERE);
            return true;
        });
        List<Future<Object>> results = atOnce(calls);
        assertThat(results.get(5).resultNow()).isEqualTo(true);
        assertThat(database.sql("select id::text from auth.coral_sessions where user_id = :person").param("person", person.id()).query(String.class).list())
                .containsExactly(mine.sessionId().toString());
        for (Future<Object> result : results) {
            if (result.state() == Future.State.SUCCESS && result.get() instanceof TestAnswer answer && answer.status() == 200) {
                assertThat(testPeople.aStranger().with("Authorization", "Bearer " + answer.text("/access_token")).get("/api/user/profile").status())
                        .isEqualTo(401);
            }
        }
        assertThat(signIn.signIn(person.email(), FRESH, HERE, null).person().id()).isEqualTo(person.id());
    }

    @Test
    void aSignInDelaysTheChangeAndTheChangeEndsItsSession() throws Exception {
        TestPerson person = testPeople.aPerson();
        SignedInPerson mine = signIn.signIn(person.email(), person.password(), HERE, null).person();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> changes = new ArrayList<>();
            // As another process does it: in this one the change would wait before it asks for the row.
            Session opened = database.transaction(() -> {
                Person found = people.signedIn(people.credentials(person.id()).orElseThrow()).orElseThrow();
                changes.add(threads.submit(() -> accounts.changePassword(person.id(), mine.sessionId(), FRESH, person.password(), Map.of(), HERE)));
                Awaitility.await().until(this::somebodyWaitsForARow);
                return sessions.open(found.id(), HERE, null);
            });
            changes.getFirst().get();
            assertThat(sessions.findActive(opened.id(), person.id())).isEmpty();
            assertThat(sessions.findActive(mine.sessionId(), person.id())).isPresent();
        }
    }

    @Test
    void outdatedCredentialsOpenAndChangeNothing() {
        TestPerson person = testPeople.aPerson();
        SignedInPerson mine = signIn.signIn(person.email(), person.password(), HERE, null).person();
        People.Credentials old = people.credentials(person.id()).orElseThrow();
        accounts.changePassword(person.id(), mine.sessionId(), FRESH, person.password(), Map.of(), HERE);
        assertThat(people.signedIn(old)).isEmpty();
        assertThat(people.changePassword(old, "a hash")).isFalse();
    }

    @RepeatedTest(4)
    void onlyOneOfTwoConcurrentChangesSucceeds() throws Exception {
        TestPerson person = testPeople.aPerson();
        List<SignedInPerson> two = IntStream.range(0, 2).mapToObj(i -> signIn.signIn(person.email(), person.password(), HERE, null).person()).toList();
        List<Future<Object>> results = atOnce(IntStream.range(0, 2).<Callable<Object>>mapToObj(i -> () -> {
            accounts.changePassword(person.id(), two.get(i).sessionId(), FRESH + i, person.password(), Map.of(), HERE);
            return FRESH + i;
        }).toList());
        List<Object> counted = results.stream().filter(result -> result.state() == Future.State.SUCCESS).map(Future::resultNow).toList();
        assertThat(counted).hasSize(1);
        assertThat(signIn.signIn(person.email(), (String) counted.getFirst(), HERE, null).person().id()).isEqualTo(person.id());
    }

    @RepeatedTest(4)
    void anErasureWithTheOldPasswordHappensBeforeTheChangeOrNotAtAll() throws Exception {
        TestPerson person = testPeople.aPerson();
        SignedInPerson mine = signIn.signIn(person.email(), person.password(), HERE, null).person();
        atOnce(List.of(
                () -> {
                    accounts.changePassword(person.id(), mine.sessionId(), FRESH, person.password(), Map.of(), HERE);
                    return true;
                },
                () -> testPeople.aStranger().with("Authorization", "Bearer " + person.accessToken())
                        .send("DELETE", "/api/user", java.net.http.HttpRequest.BodyPublishers.ofString("{\"password\":\"" + person.password() + "\"}"), "application/json"),
                () -> person.browser()
                        .send("DELETE", "/api/user", java.net.http.HttpRequest.BodyPublishers.ofString("{\"password\":\"" + person.password() + "\"}"), "application/json")));
        List<String> entries = testPeople.aStranger()
                .with("Authorization", "Bearer " + testPeople.aStranger()
                        .post("/auth/v1/token?grant_type=password", Map.of("email", person.email(), "password", FRESH)).text("/access_token"))
                .get("/api/user/audit").json().get("audit").valueStream().map(entry -> entry.get("action").stringValue()).toList();
        // The newest first.
        assertThat(entries.subList(0, entries.indexOf("password.changed"))).doesNotContain("erasure.asked");
    }

    @Test
    void aSessionThatHasEndedProvesNothing() {
        TestPerson person = testPeople.aPerson();
        SignedInPerson mine = signIn.signIn(person.email(), person.password(), HERE, null).person();
        sessions.end(mine.id(), mine.sessionId(), HERE);
        assertThatThrownBy(() -> proof.require(mine, null, () -> true)).isInstanceOf(Failure.class).hasMessageContaining("has ended");
        assertThatThrownBy(() -> proof.require(mine, person.password(), () -> true)).isInstanceOf(Failure.class).hasMessageContaining("has ended");
        assertThatThrownBy(() -> accounts.changePassword(person.id(), mine.sessionId(), FRESH, person.password(), Map.of(), HERE))
                .isInstanceOf(Failure.class).hasMessageContaining("has ended");
    }

    private boolean somebodyWaitsForARow() throws SQLException {
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement();
                ResultSet waiting = statement.executeQuery(
                        "select count(*) from pg_locks where not granted and locktype in ('transactionid', 'tuple')")) {
            return waiting.next() && waiting.getInt(1) > 0;
        }
    }

    private static List<Future<Object>> atOnce(List<Callable<Object>> calls) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls);
        }
    }
}
