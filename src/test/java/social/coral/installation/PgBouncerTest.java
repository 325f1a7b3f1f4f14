package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.TestAnswer;
import social.coral.TestClient;

/**
 * The whole product behind PgBouncer in transaction mode, where each transaction of a client may run in another session of the
 * server: many clients, three sessions, and one that leaves settings behind.
 */
@Tag("pgbouncer")
class PgBouncerTest {

    private static final String PASSWORD = "of-the-roles";
    private static final int CLIENTS = 24;
    private static final int REQUESTS_OF_A_CLIENT = 60;

    /** Somebody who signed up, and what marks their posts. */
    private record Person(String mark, TestClient api) {}

    @TempDir
    Path folder;

    @Test
    void manyClientsOnFewConnectionsSeeTheirOwnAndNothingIsLeftBehind() throws Exception {
        TestServer server = TestServer.start();
        DatabaseServer database = TestServer.at(server.databaseUrl("bounced"));
        Map<String, String> users = new HashMap<>(Map.of("bounced", "owner"));
        List.of("coral_tenant", "coral_auth", "coral_jobs", "coral_meter").forEach(role -> users.put(role, PASSWORD));
        try (PgBouncer pooler = PgBouncer.before(database, users);
                CoralProcess product = CoralProcess.start(folder, Map.of(
                        "DATABASE_URL", pooler.databaseUrl("bounced", "owner", "bounced"), "DATABASE_APP_PASSWORD", PASSWORD))) {
            String address = product.awaitAddress();
            List<Person> people = IntStream.range(0, 6).mapToObj(i -> signsUp(address)).toList();

            work(people);
            assertThat(sessionsOfRequests(database)).isBetween(1, PgBouncer.CONNECTIONS_OF_A_ROLE);
            for (Person person : people) {
                // A cursor inside a transaction, twice each on sessions that others used.
                assertThat(person.api().bytes("GET", "/api/user/export", BodyPublishers.noBody(), "").statusCode()).isEqualTo(200);
                assertThat(person.api().bytes("GET", "/api/user/export", BodyPublishers.noBody(), "").statusCode()).isEqualTo(200);
            }

            DatabaseServer bounced = TestServer.at(pooler.databaseUrl("coral_tenant", PASSWORD, "bounced"));
            leaveSettingsBehind(bounced);
            work(people);
            nobodyIsLeft(bounced);
        }
    }

    private static Person signsUp(String address) {
        TestClient stranger = new TestClient(address, Map.of());
        TestAnswer session = stranger.post("/auth/v1/signup", Map.of("email", UUID.randomUUID() + "@example.org", "password", "violet harbour lantern 42"));
        assertThat(session.status()).as(session.body()).isEqualTo(200);
        return new Person(session.text("/user/id"), stranger.with("Authorization", "Bearer " + session.text("/access_token")));
    }

    private static void work(List<Person> people) throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random choice = new Random(client);
                all.add(clients.submit(() -> IntStream.range(0, REQUESTS_OF_A_CLIENT).forEach(i -> request(people.get(choice.nextInt(people.size())), choice))));
            }
            for (Future<?> client : all) {
                client.get();
            }
        }
    }

    private static void request(Person person, Random choice) {
        TestAnswer answer = switch (choice.nextInt(5)) {
            case 0 -> person.api().post("/api/tweets", Map.of("content", "of " + person.mark()));
            case 1 -> person.api().patch("/api/user/profile", Map.of("full_name", "name of " + person.mark()));
            case 2 -> person.api().get("/api/user/profile");
            case 3 -> person.api().get("/api/logs");
            default -> person.api().get("/api/tweets?limit=20");
        };
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
        answer.json().path("tweets").forEach(tweet -> assertThat(tweet.at("/content").asString("")).isEqualTo("of " + person.mark()));
        if (answer.json().has("profile")) {
            assertThat(answer.text("/profile/user_id")).isEqualTo(person.mark());
        }
    }

    /** What an injected statement could do to each of the few sessions. */
    private static void leaveSettingsBehind(DatabaseServer bounced) throws SQLException {
        for (int i = 0; i < 20; i++) {
            try (Connection connection = connection(bounced);
                    Statement statement = connection.createStatement()) {
                statement.execute("set row_security = off");
                statement.execute("set default_transaction_read_only = on");
                statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"" + UUID.randomUUID() + "\"}', false)");
            }
        }
    }

    private static void nobodyIsLeft(DatabaseServer bounced) throws SQLException {
        for (int i = 0; i < 50; i++) {
            try (Connection connection = connection(bounced);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select coalesce(current_setting('request.jwt.claims', true), ''), count(*) from public.tweets")) {
                row.next();
                assertThat(row.getString(1)).isEmpty();
                assertThat(row.getLong(2)).isZero();
            }
        }
    }

    private static int sessionsOfRequests(DatabaseServer database) throws SQLException {
        try (Connection owner = connection(database);
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from pg_stat_activity where usename = 'coral_tenant'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Connection connection(DatabaseServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.owner());
    }
}
