package social.coral.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import social.coral.CatalogueRows;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.Tenants;
import social.coral.TestClient;
import social.coral.TestPerson;
import social.coral.installation.CoralProcess;
import social.coral.installation.DatabaseServer;
import social.coral.installation.TestServer;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** Runs the commands as the operator does: the backup beside a running application, the restore into a stopped installation. */
@CoralTest
@Tag("both-servers")
@TestPropertySource(properties = "spring.application.name=coral-backup")
@DirtiesContext
@Timeout(300)
class BackupTest {

    private static final String KEY = "7c0e5b1fd94a4d63a8e2b6f09d13c75ab8e4f1620c9d47a3";

    /** So that the people who sign up during a backup are hundreds, and not as many as the machine can make, who are all compared afterwards. */
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(50);

    @TempDir
    Path folder;

    @Autowired private Environment running;
    @Autowired private Databases databases;
    @Autowired private DatabaseServer server;
    @Autowired private ApiKeys keys;
    @Autowired private People people;

    private Path file;
    private Installations all;

    @BeforeEach
    void aFile() {
        all = new Installations(running);
        file = folder.resolve("coral.backup");
    }

    @Test
    void everyRowOfEveryTableComesBackAndPeopleSignInAndTheirKeysOpen() throws Exception {
        TestPerson person = aPersonWithData();
        aPersonWithData();
        fillEveryTable(person.tenant());
        aJobAtWork();

        List<String> said = succeeds(all.running(), "backup", file.toString());

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(said.getFirst()).matches("\\d+ rows of \\d+ tenants in \\d+ tables, as they were at .*Z");
        Path data = all.withTheSameKey(folder);
        List<String> restored = succeeds(all.at(data), "restore", file.toString());
        assertThat(restored).anyMatch(line -> line.startsWith("Restored and counted by tenant and table: "))
                .anyMatch(line -> line.startsWith("Checked, row security")).anyMatch(line -> line.contains("due again: 1"));
        assertThat(all.rows(data)).isEqualTo(Installations.rows(server));
        assertThat(Keys.run(all.at(data), List.of("rotate", "--tenant", person.email()), said::add, said::add)).isZero();
        assertThat(said).anyMatch(line -> line.endsWith("Secrets sealed with it: 1."));
        try (CoralProcess coral = CoralProcess.start(data, Installations.environmentOf(running))) {
            assertThat(new TestClient(coral.awaitAddress(), Map.of())
                    .post("/auth/v1/token?grant_type=password", Map.of("email", person.email(), "password", person.password())).status()).isEqualTo(200);
        }
    }

    @Test
    void aConcurrentWriteIsInTheBackupCompletelyOrNotAtAll() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Tenant writer = Tenants.aTenant(databases);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Whoever signs up gets a person, a profile, a persona and a log entry in one transaction.
            Future<?> signUps = threads.submit(() -> {
                while (!over.get()) {
                    Tenants.aTenant(databases);
                    Thread.sleep(BETWEEN_WRITES);
                }
                return true;
            });
            Future<?> keyChanges = threads.submit(() -> {
                while (!over.get()) {
                    writer.run(() -> keys.save(ServiceName.OPENAI, "sk-" + System.nanoTime() + "-of-the-writer"));
                    Thread.sleep(BETWEEN_WRITES);
                }
                return true;
            });
            try {
                for (int i = 0; i < 3; i++) {
                    succeeds(all.running(), "backup", "--overwrite", file.toString());
                }
            } finally {
                over.set(true);
            }
            signUps.get();
            keyChanges.get();
        }
        Path data = all.withTheSameKey(folder);

        List<String> restored = succeeds(all.at(data), "restore", file.toString());

        assertThat(restored).noneMatch(line -> line.startsWith("FAULT"));
        SortedMap<String, List<String>> rows = all.rows(data);
        List<String> there = rows.getOrDefault("auth.users", List.of());
        assertThat(Installations.rows(server).getOrDefault("auth.users", List.of())).as("some came after it").hasSizeGreaterThan(there.size());
        assertThat(rows.get("public.user_profiles")).hasSameSizeAs(there);
        assertThat(rows.get("public.personas")).hasSameSizeAs(there);
    }

    @Test
    void aBackupGoesFromOneKindOfServerToTheOtherAndBackAndOverMajorVersions() throws Exception {
        aPersonWithData();
        succeeds(all.running(), "backup", file.toString());
        TestServer older = TestServer.startOlder().orElseGet(TestServer::start);
        StandardEnvironment own = Installations.with(all.running(), Map.of("coral.installation.data", all.withTheSameKey(folder).toString(),
                "coral.installation.database-url", older.databaseUrl("elsewhere")));
        Path back = folder.resolve("back.backup");
        Path data = all.withTheSameKey(folder);

        assertThat(succeeds(own, "restore", file.toString())).anyMatch(line -> line.startsWith("Checked, policy"))
                .anyMatch(line -> line.startsWith("Note, server functions: Only a superuser can"));
        succeeds(own, "backup", back.toString());
        succeeds(all.at(data), "restore", back.toString());

        assertThat(all.rows(data)).isEqualTo(Installations.rows(server));
        assertThat(refused(own, "restore", file.toString())).contains("people. Rename it and create an empty one. Run as an administrator: alter database");
        older.administrator("alter database \"elsewhere\" rename to \"elsewhere_before\"");
        older.administrator("create database \"elsewhere\" owner \"elsewhere\"");
        succeeds(own, "restore", file.toString());
    }

    @Test
    void aFileThatIsNotAsItWasWrittenIsRefusedBeforeAnythingIsTouched() throws Exception {
        aPersonWithData();
        succeeds(all.running(), "backup", file.toString());
        byte[] whole = Files.readAllBytes(file);
        Path data = all.withTheSameKey(folder);
        Path other = folder.resolve("other");

        for (int near : new int[] {100, whole.length / 3, whole.length / 2}) {
            int place = inAnEntry(whole, near);
            byte[] flipped = whole.clone();
            flipped[place] ^= 0x20;
            Files.write(other, flipped);
            assertThat(refused(all.at(data), "restore", other.toString())).matches("Not restored: .* (is damaged|was altered|is no backup).*");
            Files.write(other, Arrays.copyOf(whole, place));
            assertThat(refused(all.at(data), "restore", other.toString())).contains("is damaged or not complete");
        }
        Files.writeString(other, "not a backup at all");
        assertThat(refused(all.at(data), "restore", other.toString())).contains("no backup of Coral Social");
        assertThat(refused(all.at(data), "restore", folder.resolve("nowhere").toString())).contains("There is no file");
        assertThat(data.resolve("postgres")).doesNotExist();
        assertThat(data.resolve("postgres.restoring")).doesNotExist();

        Path stranger = Files.createDirectory(folder.resolve("stranger"));
        assertThat(refused(Installations.with(all.at(stranger), Map.of("ENCRYPTION_KEY", "")), "restore", file.toString())).contains("there is no key here yet").contains("master.key");
        assertThat(refused(Installations.with(all.at(stranger), Map.of("ENCRYPTION_KEY", KEY)), "restore", file.toString())).contains("was made under master key ");
    }

    /** The first byte of what an entry holds, from here on: the headers between entries are there twice, and one of them is read by nobody. */
    private static int inAnEntry(byte[] zip, int near) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int place = near;
        for (int at = 0; at <= place; at++) {
            int signature = bytes.getInt(at);
            if (signature == ZipFile.LOCSIG) {
                place = Math.max(place, at + ZipFile.LOCHDR + bytes.getShort(at + ZipFile.LOCNAM) + bytes.getShort(at + ZipFile.LOCEXT));
            } else if (signature == ZipFile.EXTSIG) {
                place = Math.max(place, at + ZipFile.EXTHDR);
            }
        }
        return place;
    }

    @Test
    void aBackupThatCannotBeWrittenLeavesNothing() throws Exception {
        assertThat(refused(all.running(), "backup", folder.toString())).contains("is a folder");
        assertThat(refused(all.running(), "backup", folder.resolve("no/such").toString())).contains("There is no folder");
        Files.writeString(file, "mine");
        assertThat(refused(all.running(), "backup", file.toString())).contains("already exists").contains("--overwrite");
        assertThat(file).hasContent("mine");

        // On a server of the operator's the limit is that of the command alone.
        StandardEnvironment own = Installations.with(all.running(), Map.of("coral.installation.data", all.withTheSameKey(folder).toString(),
                "coral.installation.database-url", TestServer.start().databaseUrl("elsewhere")));
        aPersonWithData();
        succeeds(all.running(), "backup", "--overwrite", file.toString());
        succeeds(own, "restore", file.toString());
        Path small = folder.resolve("small.backup");
        Process full = Installations.process("ulimit -f 8; exec \"$0\" \"$@\"", own, "backup", small.toString());
        assertThat(full.waitFor()).isEqualTo(1);
        assertThat(new String(full.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).contains("could not be written (File too large)").doesNotContain("Exception");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("small"));
        }
    }

    @Test
    void theNextBackupRemovesWhatAKilledOneLeftButNotWhatARunningOneWrites() throws Exception {
        Path left = Files.writeString(folder.resolve("yesterday.backup.coral-part"), "rows");
        Path written = folder.resolve("elsewhere.backup.coral-part");
        Path foreign = Files.writeString(folder.resolve("film.part"), "mine");
        try (FileChannel other = FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();
            succeeds(all.running(), "backup", file.toString());
        }

        assertThat(left).doesNotExist();
        assertThat(written).exists();
        assertThat(foreign).exists();
    }

    @Test
    void aDatabaseWithPeopleIsReplacedOnlyWhenThatIsAskedForAndIsKeptAside() throws Exception {
        TestPerson erasedLater = aPersonWithData();
        succeeds(all.running(), "backup", file.toString());
        Path data = all.withTheSameKey(folder);
        succeeds(all.at(data), "restore", file.toString());
        all.onDatabase(data, "insert into tenancy.erasures (person_hash, finished_at, result) values (tenancy.person_hash('" + erasedLater.id() + "'), now(), 'erased')");

        assertThat(refused(all.at(data), "restore", file.toString())).contains("people. ./coral restore --replace FILE");
        List<String> said = succeeds(all.at(data), "restore", "--replace", file.toString());

        assertThat(said).anyMatch(line -> line.startsWith("1 erasures are known from the database that is replaced; 1 people"))
                .anyMatch(line -> line.startsWith("The database from before is in "));
        assertThat(all.rows(data).toString()).doesNotContain(erasedLater.id().toString()).doesNotContain(erasedLater.email());
        try (Stream<Path> beside = Files.list(data)) {
            assertThat(beside.filter(path -> path.getFileName().toString().startsWith("postgres.before-"))).hasSize(1);
        }
    }

    @Test
    void aRestoreThatIsKilledLeavesTheDatabaseFromBeforeAndCanBeRunAgain() throws Exception {
        TestPerson person = aPersonWithData();
        succeeds(all.running(), "backup", file.toString());
        Path data = all.withTheSameKey(folder);
        succeeds(all.at(data), "restore", file.toString());
        SortedMap<String, List<String>> before = all.rows(data);

        Process killed = Installations.process("exec \"$0\" \"$@\"", all.at(data), "restore", "--replace", file.toString());
        while (killed.isAlive() && !Files.exists(data.resolve("postgres.restoring/postmaster.pid"))) {
            Thread.onSpinWait();
        }
        killed.destroyForcibly().waitFor();

        assertThat(data.resolve("postgres.restoring")).exists();
        assertThat(all.rows(data)).isEqualTo(before);
        assertThat(before.toString()).contains(person.email());
        succeeds(all.at(data), "restore", "--replace", file.toString());
        assertThat(data.resolve("postgres.restoring")).doesNotExist();

        // Killed after the present one was put aside: the next start finishes it.
        Files.move(data.resolve("postgres"), data.resolve("postgres.restored"));
        assertThat(all.rows(data)).isEqualTo(before);
    }

    @Test
    void aRestoreIsRefusedWhileItRuns() {
        succeeds(all.running(), "backup", file.toString());

        assertThat(refused(all.running(), "restore", "--replace", file.toString())).containsAnyOf("is in use by another Coral Social", "holds", "is running on the database");
        assertThat(Backups.run(all.running(), List.of("backup"), out -> {}, err -> {})).isEqualTo(2);
        assertThat(Backups.run(all.running(), List.of("restore", "--force", "x"), out -> {}, err -> {})).isEqualTo(2);
    }

    private TestPerson aPersonWithData() {
        TestPerson person = people.aPerson();
        IntStream.range(0, 5).forEach(i -> assertThat(person.post("/api/tweets", Map.of("content", "tab\t, line\nand \\ of " + i + " 🐚")).status()).isEqualTo(201));
        person.tenant().run(() -> keys.save(ServiceName.OPENAI, "sk-of-" + person.id()));
        return person;
    }

    private void fillEveryTable(Tenant tenant) throws SQLException {
        try (Connection owner = server.connectAsOwner()) {
            owner.setAutoCommit(false);
            new CatalogueRows(owner).fill(tenant);
        }
    }

    private void aJobAtWork() {
        JdbcClient.create(databases.jobs()).sql("""
                with worker as (
                  insert into jobs.workers (id, seen_at) values (gen_random_uuid(), now() + interval '1 day') returning id
                )
                insert into jobs.scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by)
                select 'agent-run', 'nobody/nothing', now() + interval '1 day', true, id from worker
                """).update();
    }

    private static List<String> succeeds(StandardEnvironment environment, String... words) {
        List<String> said = new ArrayList<>();
        List<String> err = new ArrayList<>();
        int code = Backups.run(environment, List.of(words), said::add, err::add);
        assertThat(code).as(err + " " + said).isZero();
        return said;
    }

    private static String refused(StandardEnvironment environment, String... words) {
        List<String> err = new ArrayList<>();
        assertThat(Backups.run(environment, List.of(words), out -> {}, err::add)).isEqualTo(1);
        assertThat(err).hasSize(1);
        return err.getFirst();
    }
}
