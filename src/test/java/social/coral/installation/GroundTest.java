package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import social.coral.TestAnswer;
import social.coral.TestClient;

/** Kills and freezes the embedded database and fills its disk while a process serves. */
@EnabledOnOs(OS.LINUX)
class GroundTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private static final String SMALL_DISK = "small-disk";

    private CoralProcess coral;
    private TestClient person;
    private final List<Integer> statuses = new ArrayList<>();

    @BeforeEach
    void somebodyIsSignedIn(TestInfo test) throws IOException {
        if (test.getTags().contains(SMALL_DISK)) {
            Files.createDirectory(folder.resolve("data"));
            assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=250m", "coral", folder.resolve("data").toString()) == 0, "nothing can be mounted here");
        }
        coral = CoralProcess.start(folder.resolve("data"), Map.of());
        TestClient stranger = new TestClient(coral.awaitAddress(), Map.of());
        TestAnswer signedUp = stranger.post("/auth/v1/signup", Map.of("email", "someone@example.org", "password", "a long phrase about reefs"));
        person = stranger.with("Authorization", "Bearer " + signedUp.text("/access_token"));
        assertThat(write("before")).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        if (coral != null) {
            coral.close();
        }
        run("umount", folder.resolve("data").toString());
    }

    @Test
    void aKilledPostmasterIsRestartedAndNothingCommittedIsLost() throws IOException {
        Postmaster killed = postmaster();

        heals("a killed postmaster", () -> signal(killed.process(), "KILL"));

        assertThat(postmaster().port()).as("everybody knows the port").isEqualTo(killed.port());
        assertThat(postmaster().process().pid()).isNotEqualTo(killed.process().pid());
    }

    @Test
    void aServerWhoseLogFolderWasDeletedIsRestartedToo() throws IOException {
        ProcessHandle killed = postmaster().process();
        FileSystemUtils.deleteRecursively(folder.resolve("data/logs"));

        heals("a killed postmaster without a folder for its log", () -> signal(killed, "KILL"));
    }

    @Test
    void aKilledBackendInterruptsOnlyBriefly() throws IOException {
        Postmaster before = postmaster();

        heals("a killed backend", () -> signal(backend(before), "KILL"));

        assertThat(postmaster().process().pid()).as("PostgreSQL recovers by itself").isEqualTo(before.process().pid());
    }

    @Test
    void aFrozenPostmasterIsKilledAndRestarted() throws IOException {
        Postmaster frozen = postmaster();

        heals("a frozen postmaster", () -> {
            signal(frozen.process(), "STOP");
            Awaitility.await().atMost(PATIENCE).until(() -> !frozen.process().isAlive());
        });

        assertThat(postmaster().port()).isEqualTo(frozen.port());
    }

    @Test
    void aFrozenBackendBlocksNobodyForLong() throws IOException {
        ProcessHandle frozen = backend(postmaster());

        heals("a frozen backend", () -> {
            signal(frozen, "STOP");
            Awaitility.await().atMost(PATIENCE).until(() -> !frozen.isAlive());
        });
    }

    @Test
    void aServerThatCannotBeRestartedEndsTheProcessWithOneLine() throws IOException {
        Files.delete(folder.resolve("data/postgres/global/pg_control"));
        signal(postmaster().process(), "KILL");

        assertThat(coral.awaitEnd()).as("for whoever watches it").isEqualTo(1);

        // What the JDK says of our libraries is not ours.
        assertThat(coral.errors().lines().filter(line -> !line.startsWith("WARNING: "))).singleElement().asString()
                .startsWith("Coral Social is stopping: The embedded PostgreSQL in " + folder.resolve("data/postgres") + " has ended and cannot be restarted (");
        assertThat(CoralProcess.left(folder.resolve("data"))).isEmpty();
    }

    @Test
    @Tag(SMALL_DISK)
    void anImportAndABackupThatAFullDiskEndsReportWhatWasStored() throws Exception {
        Path data = folder.resolve("data");
        Path filler = data.resolve("filler");
        int posts = 60_000;
        run("dd", "if=/dev/zero", "of=" + filler, "bs=1M", "count=" + ((Files.getFileStore(data).getUsableSpace() >> 20) - 100));
        CompletableFuture<TestAnswer> importing = CompletableFuture.supplyAsync(() -> importPosts(posts));
        Awaitility.await().atMost(PATIENCE).until(() -> held() > 2_000);
        fill(filler);

        TestAnswer ended = importing.join();
        assertThat(ended.status()).as(ended.body()).isIn(503, 507);
        assertThat(ended.header("Retry-After")).matches("\\d+");
        long imported = ended.json().at("/imported").asLong(-1);
        long perhaps = ended.json().at("/perhaps_imported").asLong(0);
        fill(filler);
        assertThat(backup(data.resolve("coral.backup"))).isEqualTo(1);
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files.map(file -> file.getFileName().toString())).as("no half of a backup").noneMatch(name -> name.contains("backup"));
        }

        Files.delete(filler);
        heals("room on the disk again under an import", () -> {});
        assertThat(held()).isBetween(imported, imported + perhaps);
        tell("an import that the disk ended said %d posts and perhaps %d more; %d were there".formatted(imported, perhaps, held()));
        Awaitility.await().atMost(PATIENCE).until(() -> person.get("/actuator/health/readiness").status() == 200);
        Path elsewhere = folder.resolve("coral.backup");
        assertThat(backup(elsewhere)).isZero();
        assertThat(elsewhere).isNotEmptyFile();
    }

    private TestAnswer importPosts(int count) {
        String rows = IntStream.rangeClosed(1, count).mapToObj(id -> "{\"tweet_id\":\"" + id + "\",\"content\":\"" + "a post of some length ".repeat(12)
                + "\",\"created_at\":\"2026-01-01T00:00:00Z\"}\n").collect(Collectors.joining());
        return person.send("POST", "/api/tweets/cache/import?author=reef", HttpRequest.BodyPublishers.ofString(rows), "application/octet-stream");
    }

    private long held() throws IOException, SQLException {
        try (Connection administrator = coral.database().connectAsAdministrator().orElseThrow();
                Statement statement = administrator.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from public.tweets_cache")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void fill(Path filler) {
        run("dd", "if=/dev/zero", "of=" + filler, "bs=64k", "oflag=append", "conv=notrunc");
    }

    private int backup(Path file) throws IOException {
        ProcessBuilder command = CoralProcess.command("social.coral.operations.Backups", folder.resolve("data"));
        command.command().addAll(List.of("backup", file.toString()));
        return command.inheritIO().start().onExit().join().exitValue();
    }

    @Test
    @Tag(SMALL_DISK)
    void aFullDiskIsReportedAndEverythingRecoversWhenThereIsRoomAgain() throws IOException {
        Path filler = folder.resolve("data/filler");
        run("dd", "if=/dev/zero", "of=" + filler, "bs=1M", "count=190");
        fill(filler);

        assertThat(person.get("/actuator/health/readiness").status()).isEqualTo(503);
        assertThat(person.get("/actuator/health/liveness").status()).isEqualTo(200);
        TestAnswer refused = person.post("/api/tweets/cache/import", Map.of());
        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.text("/error_code")).isEqualTo("disk_full");
        Postmaster before = postmaster();
        fillTheLogOfChanges();
        Awaitility.await().atMost(PATIENCE).until(() -> !before.process().isAlive());
        assertThat(read()).isEqualTo(503);

        Files.delete(filler);
        heals("room on the disk again", () -> {});

        Awaitility.await().atMost(PATIENCE).until(() -> person.get("/actuator/health/readiness").status() == 200);
        tellsInBoundedLines();
    }

    /** PostgreSQL ends when its log of changes finds no room. */
    private void fillTheLogOfChanges() throws IOException {
        try (Connection administrator = coral.database().connectAsAdministrator().orElseThrow();
                Statement statement = administrator.createStatement()) {
            for (int megabytes = 0; megabytes < 250; megabytes++) {
                statement.execute("select pg_logical_emit_message(true, 'filler', repeat('x', 1000000))");
            }
        } catch (SQLException ended) {
            assertThat(ended.getMessage()).doesNotContain("permission");
        }
    }

    /** Breaks something, and tells how long it takes until a read and a write are answered as they should. */
    private void heals(String what, Runnable broken) {
        broken.run();
        long begun = System.nanoTime();
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> read() == 200 && write("after") == 201);
        long took = System.nanoTime() - begun;
        assertThat(statuses).as("what was answered meanwhile").isSubsetOf(200, 201, 503);
        assertThat(contents()).as("nothing is lost").contains("before", "after");
        tell("%s: %.1f s until the first right answer, meanwhile %s".formatted(what, took / 1e9, statuses.stream().distinct().toList()));
    }

    /** A full disk fails statement after statement. */
    private void tellsInBoundedLines() throws IOException {
        List<String> log = Files.readAllLines(folder.resolve("data/logs/coral.log"));
        assertThat(log).noneMatch(line -> line.contains("marked as broken")).hasSizeLessThan(300);
    }

    private int read() {
        return remember(person.get("/api/tweets"));
    }

    private int write(String content) {
        return remember(person.post("/api/tweets", Map.of("content", content)));
    }

    private int remember(TestAnswer answer) {
        statuses.add(answer.status());
        if (answer.status() == 503) {
            assertThat(answer.header("Retry-After")).matches("\\d+");
            assertThat(answer.text("/error_code")).isIn("database_away", "busy");
        }
        return answer.status();
    }

    private List<String> contents() {
        List<String> contents = new ArrayList<>();
        person.get("/api/tweets?limit=100").json().at("/tweets").forEach(tweet -> contents.add(tweet.at("/content").asString()));
        return contents;
    }

    private Postmaster postmaster() throws IOException {
        return Postmaster.of(folder.resolve("data/postgres")).orElseThrow();
    }

    private static ProcessHandle backend(Postmaster postmaster) {
        try (Stream<ProcessHandle> children = postmaster.process().children()) {
            return children.filter(child -> read(Path.of("/proc/" + child.pid() + "/cmdline")).contains("coral_tenant")).findFirst().orElseThrow();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static void signal(ProcessHandle process, String signal) {
        run("kill", "-" + signal, Long.toString(process.pid()));
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void tell(String line) {
        try {
            Path figures = Files.createDirectories(Path.of("target", "attacks")).resolve("ground.txt");
            Files.writeString(figures, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            System.out.println(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
