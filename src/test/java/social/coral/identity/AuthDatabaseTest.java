package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;

/** Tests authentication while a person's rows are locked. */
@CoralTest
class AuthDatabaseTest {

    private static final Client HERE = new Client("127.0.0.1", null);

    @Autowired People people;
    @Autowired AuthDatabase database;
    @Autowired Sessions sessions;
    @Autowired RefreshTokens refreshTokens;
    @Autowired Accounts accounts;

    private final CountDownLatch letGo = new CountDownLatch(1);
    private TestPerson person;
    private Thread holder;

    @BeforeEach
    void hold() throws Exception {
        person = people.aPerson();
        database.sql("update auth.coral_sessions set last_used_at = now() - interval '2 minutes' where user_id = :person").param("person", person.id()).update();
        CountDownLatch held = new CountDownLatch(1);
        holder = Thread.startVirtualThread(() -> database.transaction(() -> {
            database.sql("select id from auth.coral_sessions where user_id = :person for update").param("person", person.id()).query(UUID.class).list();
            database.sql("select id from auth.users where id = :person for update").param("person", person.id()).query(UUID.class).single();
            held.countDown();
            return await(letGo);
        }));
        held.await();
    }

    @AfterEach
    void letGo() throws Exception {
        letGo.countDown();
        holder.join();
    }

    @Test
    void concurrentChangesOfOnePersonWaitWithoutAConnectionSoThatOthersStayAuthenticated() throws Exception {
        UUID session = database.sql("select id from auth.coral_sessions where user_id = :person limit 1").param("person", person.id()).query(UUID.class).single();
        List<Runnable> changes = List.of(
                () -> refreshTokens.renew(person.refreshToken()),
                () -> accounts.changeMetadata(person.id(), session, Map.of("a", "b"), HERE),
                () -> sessions.endOthers(person.id(), session, HERE));
        List<Thread> waiting = IntStream.range(0, 30).mapToObj(i -> Thread.startVirtualThread(changes.get(i % 3))).toList();
        Awaitility.await().until(() -> waiting.stream().filter(thread -> thread.getState() == Thread.State.TIMED_WAITING).count() >= 29);

        TestPerson other = people.aPerson();
        assertThat(other.get("/auth/v1/user").status()).isEqualTo(200);
        assertThat(other.browser().get("/settings").status()).isEqualTo(200);

        letGo.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(database.sql("select raw_user_meta_data ->> 'a' from auth.users where id = :person").param("person", person.id())
                .query(String.class).single()).isEqualTo("b");
    }

    @Test
    void aCookieIsReadWhileItsSessionIsLocked() throws Exception {
        CountDownLatch found = new CountDownLatch(1);
        Thread.startVirtualThread(() -> sessions.byCookie(OpaqueToken.hash(person.cookie())).ifPresent(known -> found.countDown()));
        assertThat(found.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
