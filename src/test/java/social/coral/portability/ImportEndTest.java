package social.coral.portability;

import static org.assertj.core.api.Assertions.assertThat;
import static social.coral.portability.ImportFault.count;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.TenantDoor;

/** Imports that end before their file does: what they stored stays, and is told. */
@CoralTest
class ImportEndTest {

    private static final int ROWS = 100_000;
    private static final Duration LONG = Duration.ofMinutes(2);

    @Autowired
    private People people;

    @Autowired
    private TenantDoor door;

    @Autowired
    private DatabaseServer server;

    @Autowired
    private Environment environment;

    @Test
    void anImportOfAnArchiveEndsWhenItsClientLeaves() throws Exception {
        TestPerson person = people.aPerson();
        Socket client = sent(person, "/api/user/import", ImportTest.archiveOf("tweets_cache", COLUMNS, rows()));
        Awaitility.await().atMost(LONG).until(() -> held(person) > 0);

        client.close();

        assertThat(ending(person)).as("an entry of the audit, with what is stored").contains("data.import_ended", count(held(person), "row") + " were stored before it ended. The connection was closed.");
        assertThat(held(person)).isLessThan(ROWS);
    }

    @Test
    void anImportOfPostsEndsWhenItsClientLeaves() throws Exception {
        TestPerson person = people.aPerson();
        Socket client = sent(person, "/api/tweets/cache/import?author=reef", rows().getBytes(StandardCharsets.UTF_8), ROWS);
        Awaitility.await().atMost(LONG).until(() -> held(person) > 0);

        client.close();

        assertThat(ending(person)).contains("posts.import_ended", count(held(person), "post") + " were stored before it ended. The connection was closed.")
                .doesNotContain("posts.imported");
    }

    @Test
    void anImportOfAnArchiveEndsWithTheSessionItWasBegunIn() throws Exception {
        TestPerson person = people.aPerson();
        endsWithItsSession(person, people.signedIn(person), sent(person, "/api/user/import", ImportTest.archiveOf("tweets_cache", COLUMNS, rows())), "row");
    }

    @Test
    void anImportOfPostsEndsWithTheSessionItWasBegunIn() throws Exception {
        TestPerson person = people.aPerson();
        endsWithItsSession(person, people.signedIn(person), sent(person, "/api/tweets/cache/import?author=reef", rows().getBytes(StandardCharsets.UTF_8), ROWS), "post");
    }

    private void endsWithItsSession(TestPerson person, TestClient owner, Socket thief, String noun) throws Exception {
        Awaitility.await().atMost(LONG).until(() -> held(person) > 0);

        People.changePassword(owner);

        StringBuilder answer = new StringBuilder();
        for (int next = thief.getInputStream().read(); next != -1 && answer.indexOf(" stored") < 0; next = thief.getInputStream().read()) {
            answer.append((char) next);
        }
        String stored = count(held(person), noun) + " were stored";
        assertThat(answer.toString()).startsWith("HTTP/1.1 401").endsWith("The session that started this has ended. " + stored);
        assertThat(held(person)).isLessThan(ROWS);
        assertThat(owner.get("/api/user/audit").body())
                .contains(stored + " before it ended. The session that started this has ended.").doesNotContain(".imported\"");
    }

    @Test
    void aConnectionToTheDatabaseThatIsLostInTheMiddleEndsTheImportWithWhatIsThere() throws Exception {
        TestPerson person = people.aPerson();
        byte[] archive = ImportTest.archiveOf("tweets_cache", COLUMNS, rows());
        CompletableFuture<TestAnswer> answer = CompletableFuture.supplyAsync(() -> ImportTest.send(person, archive));
        Awaitility.await().atMost(LONG).until(() -> held(person) > 0);

        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(10)).until(() -> endedBackends("insert into public.tweets_cache") > 0);

        assertThat(answer.get().status()).as(answer.get().body()).isEqualTo(503);
        assertThat(answer.get().text("/error_code")).isEqualTo("database_away");
        assertThat(answer.get().text("/error")).isEqualTo("The database did not answer. " + count(held(person), "row") + " were stored. Upload the file again: only what is missing is added.");
        assertThat(answer.get().json().at("/tables/0/imported").asInt()).isEqualTo(held(person)).isBetween(1, ROWS - 1);
        assertThat(answer.get().json().get("rejected").size()).as("no row is blamed").isZero();
        TestAnswer again = ImportTest.send(person, archive);
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(held(person)).isEqualTo(ROWS);
    }

    private static final List<String> COLUMNS = List.of("network", "tweet_id", "author", "content", "source", "created_at");

    /** As an archive's lines and as posts alike: an archive looks for tweet_id, which is also the better name of a post's id. */
    private static String rows() {
        StringBuilder rows = new StringBuilder();
        for (int i = 1; i <= ROWS; i++) {
            rows.append("{\"network\":\"x\",\"tweet_id\":\"").append(i)
                    .append("\",\"author\":\"reef\",\"content\":\"a post\",\"source\":\"imported\",\"created_at\":\"2026-01-01T00:00:00Z\"}\n");
        }
        return rows.toString();
    }

    /** As an administrator may; the owner of a database is one once it belongs to the role. */
    private int endedBackends(String statement) throws SQLException {
        try (Connection owner = server.connectAsOwner();
                Statement sql = owner.createStatement()) {
            owner.setAutoCommit(false);
            sql.execute("grant coral_tenant to current_user");
            try (ResultSet row = sql.executeQuery(
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'coral_tenant' and query like '%" + statement + "%'")) {
                row.next();
                return row.getInt(1);
            } finally {
                owner.rollback();
            }
        }
    }

    private Socket sent(TestPerson person, String path, byte[] body) throws IOException {
        return sent(person, path, body, 0);
    }

    /** A client that has sent its request, or all of it but so many bytes, and waits. */
    private Socket sent(TestPerson person, String path, byte[] body, int missing) throws IOException {
        Socket socket = new Socket("localhost", Integer.parseInt(environment.getRequiredProperty("local.server.port")));
        OutputStream out = socket.getOutputStream();
        out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + person.accessToken()
                + "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + (body.length + missing) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return socket;
    }

    private static String ending(TestPerson person) {
        Awaitility.await().atMost(LONG).until(() -> person.get("/api/user/audit").body().contains("before it ended"));
        return person.get("/api/user/audit").body();
    }

    private int held(TestPerson person) throws Exception {
        return person.tenant().call(() -> door.sql("select count(*) from public.tweets_cache where user_id = :tenant").one(row -> row.getInt(1)));
    }
}
