package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts, stops and kills the real application. */
class RestartTest {

    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    @Test
    void nothingIsLostOverAStopAndAKillAndNothingKeepsRunning() throws Exception {
        Path data = folder.resolve("data");

        try (CoralProcess first = CoralProcess.start(data, Map.of())) {
            String address = first.awaitAddress();
            serves(address);
            assertThat(status(address + "/auth/login")).isEqualTo(200);
            assertThat(first.output().lines()).hasSize(1);
            assertThat(first.errors()).isEmpty();
            remember(first, "before the stop");
            first.interrupt();
            assertThat(first.awaitEnd()).isEqualTo(INTERRUPTED);
            assertThat(CoralProcess.left(data)).isEmpty();
        }

        try (CoralProcess second = CoralProcess.start(data, Map.of("CORAL_ROLE", "worker"))) {
            String address = second.awaitAddress();
            serves(address);
            assertThat(status(address + "/auth/login")).as("a worker has no pages").isEqualTo(404);
            assertThat(remembers(second)).containsExactly("before the stop");
            refusesACompanion(data, second);
            remember(second, "before the kill");
            second.kill();
            assertThat(CoralProcess.left(data)).as("the database goes on without its application").hasSize(1);
        }

        try (CoralProcess third = CoralProcess.start(data, Map.of("APP_URL", "https://Coral.example.org/"))) {
            assertThat(third.awaitAddress()).isEqualTo("https://coral.example.org");
            assertThat(remembers(third)).containsExactly("before the kill", "before the stop");
            assertThat(CoralProcess.left(data)).as("one database, not two").hasSize(1);
            third.terminate();
            assertThat(third.awaitEnd()).isEqualTo(TERMINATED);
            assertThat(CoralProcess.left(data)).isEmpty();
        }
    }

    private static void refusesACompanion(Path data, CoralProcess owner) {
        try (CoralProcess companion = CoralProcess.start(data, Map.of())) {
            assertThat(companion.awaitEnd()).isEqualTo(1);
            assertThat(companion.output()).isEmpty();
            assertThat(companion.errors().lines()).singleElement().asString()
                    .contains(data.toString(), "process " + owner.pid(), "CORAL_DATA");
        }
    }

    @Test
    void anInterruptedFirstStartLeavesNoProcessAndDoesNotSpoilTheNext() throws Exception {
        Path data = folder.resolve("data");

        try (CoralProcess interrupted = CoralProcess.start(data, Map.of())) {
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !CoralProcess.left(data).isEmpty());
            interrupted.interrupt();
            interrupted.awaitEnd();
            assertThat(CoralProcess.left(data)).isEmpty();
        }

        try (CoralProcess killed = CoralProcess.start(data, Map.of())) {
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !CoralProcess.left(data).isEmpty());
            killed.kill();
        }

        try (CoralProcess next = CoralProcess.start(data, Map.of())) {
            serves(next.awaitAddress());
        }
        assertThat(CoralProcess.left(data)).isEmpty();
        try (Stream<Path> files = Files.walk(data)) {
            assertThat(files.map(file -> file.getFileName().toString())).as("a password for initdb").noneMatch(name -> name.startsWith("initdb"));
        }
    }

    private static void serves(String address) throws IOException, InterruptedException {
        assertThat(status(address + "/actuator/health/liveness")).isEqualTo(200);
    }

    private static int status(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static void remember(CoralProcess coral, String what) throws Exception {
        try (Connection owner = coral.database().connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("create schema if not exists marks; create table if not exists marks.marks (mark text)");
            statement.execute("insert into marks.marks values ('" + what + "')");
        }
    }

    private static List<String> remembers(CoralProcess coral) throws SQLException, IOException {
        List<String> marks = new ArrayList<>();
        try (Connection owner = coral.database().connectAsOwner();
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("select mark from marks.marks order by mark")) {
            while (rows.next()) {
                marks.add(rows.getString(1));
            }
        }
        return marks;
    }
}
