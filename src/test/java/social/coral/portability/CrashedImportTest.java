package social.coral.portability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.installation.CoralProcess;
import social.coral.installation.DatabaseServer;
import social.coral.installation.FreePort;

/** Imports, in a real process that is killed for real in the middle of them. */
class CrashedImportTest {

    // So many that there is time to kill it in the middle.
    private static final int ROWS = 40_000;
    private static final int POSTS = 8_000;
    private static final int DONE_BEFORE = 500;
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final List<String> COLUMNS = List.of("network", "tweet_id", "author", "content", "source", "created_at");

    @TempDir
    Path folder;

    private record Person(String id, String token) {

        TestClient at(String address) {
            return new TestClient(address, Map.of("Authorization", "Bearer " + token));
        }
    }

    @Test
    void importsThatACrashEndsLeaveWholeRowsAndNoFilesAndCompleteWhenTheyAreSentAgain() throws Exception {
        Path data = folder.resolve("data");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        // Tokens name the address that issued them, so it has to be the same after the restart.
        Map<String, String> environment = Map.of("PORT", Integer.toString(FreePort.find()), "JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        byte[] archive = ImportTest.archiveOf("tweets_cache", COLUMNS, rows(ROWS));
        byte[] posts = rows(POSTS).getBytes(StandardCharsets.UTF_8);
        byte[] ofNobody = rows(POSTS).replace("\"author\":\"reef\",", "").getBytes(StandardCharsets.UTF_8);
        Person ofArchive;
        Person ofPosts;
        Person heldBack;
        int archiveStored;
        int postsStored;
        try (CoralProcess first = CoralProcess.start(data, environment)) {
            String address = first.awaitAddress();
            ofArchive = signUp(address, "archive");
            ofPosts = signUp(address, "posts");
            heldBack = signUp(address, "held");
            TestAnswer done = imported(ofArchive.at(address), ImportTest.archiveOf("tweets_cache", COLUMNS, rows(DONE_BEFORE)));
            assertThat(done.json().at("/tables/0/imported").asInt()).as(done.body()).isEqualTo(DONE_BEFORE);
            try (Socket unfinished = sent(address, ofPosts, "/api/tweets/cache/import?author=reef", posts, 1);
                    Socket waiting = sent(address, heldBack, "/api/tweets/cache/import", ofNobody, 1);
                    Socket whole = sent(address, ofArchive, "/api/user/import", archive, 0)) {
                await().atMost(LONG).until(() -> held(first.database(), ofPosts) > 0 && held(first.database(), ofArchive) > DONE_BEFORE && filesWithoutName(first) > 0);
                archiveStored = held(first.database(), ofArchive);
                postsStored = held(first.database(), ofPosts);
                first.kill();
            }
        }
        assertThat(filesIn(data.resolve("tmp"))).as("but for those of the model, which the next start removes")
                .allMatch(file -> file.startsWith(data.resolve("tmp").resolve("model")));
        assertThat(filesIn(temporary)).isEmpty();
        try (CoralProcess second = CoralProcess.start(data, environment)) {
            String address = second.awaitAddress();
            assertThat(held(second.database(), ofArchive)).isBetween(archiveStored, ROWS - 1);
            assertThat(held(second.database(), ofPosts)).isBetween(postsStored, POSTS);
            assertThat(held(second.database(), heldBack)).isZero();

            imported(ofArchive.at(address), archive);
            send(ofPosts.at(address), "/api/tweets/cache/import?author=reef", posts);
            send(heldBack.at(address), "/api/tweets/cache/import?author=reef", ofNobody);

            for (Person person : List.of(ofArchive, ofPosts, heldBack)) {
                int all = person == ofArchive ? ROWS : POSTS;
                assertThat(held(second.database(), person)).isEqualTo(all);
                assertThat(count(second.database(), person, "count(distinct tweet_id) filter (where author = 'reef' and content = 'a post')")).isEqualTo(all);
            }
        }
    }

    private static Person signUp(String address, String name) {
        TestAnswer session = new TestClient(address, Map.of()).post("/auth/v1/signup", Map.of("email", name + "@example.org", "password", "a phrase for a crash"));
        return new Person(session.text("/user/id"), session.text("/access_token"));
    }

    private static TestAnswer imported(TestClient person, byte[] archive) {
        return send(person, "/api/user/import", archive);
    }

    private static TestAnswer send(TestClient person, String path, byte[] body) {
        TestAnswer answer = person.send("POST", path, BodyPublishers.ofByteArray(body), "application/octet-stream");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** A client that has sent its request, or all of it but so many bytes, and waits. */
    private static Socket sent(String address, Person person, String path, byte[] body, int missing) throws IOException {
        Socket socket = new Socket("127.0.0.1", Integer.parseInt(address.replaceAll(".*:", "")));
        OutputStream out = socket.getOutputStream();
        out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + person.token()
                + "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + (body.length + missing) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return socket;
    }

    private static int held(DatabaseServer server, Person person) throws SQLException {
        return count(server, person, "count(*)");
    }

    private static int count(DatabaseServer server, Person person, String what) throws SQLException {
        try (Connection owner = server.connectAsOwner();
                Statement sql = owner.createStatement()) {
            owner.setAutoCommit(false);
            sql.execute("select set_config('request.jwt.claims', '{\"sub\":\"%s\"}', true)".formatted(person.id()));
            try (ResultSet row = sql.executeQuery("select %s from public.tweets_cache where user_id = '%s'".formatted(what, person.id()))) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** What waits on the disk while the imports are under way, and would be left if it had a name. */
    private static long filesWithoutName(CoralProcess product) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + product.pid() + "/fd"))) {
            return open.filter(file -> {
                try {
                    return Files.readSymbolicLink(file).toString().endsWith(" (deleted)") && Files.size(file) > 0;
                } catch (IOException e) {
                    // It was closed meanwhile.
                    return false;
                }
            }).count();
        }
    }

    private static List<Path> filesIn(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> Files.isRegularFile(path) && path.toFile().length() > 0).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rows(int count) {
        StringBuilder rows = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            rows.append("{\"network\":\"x\",\"tweet_id\":\"").append(i)
                    .append("\",\"author\":\"reef\",\"content\":\"a post\",\"source\":\"imported\",\"created_at\":\"2026-01-01T00:00:00Z\"}\n");
        }
        return rows.toString();
    }
}
