package social.coral.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
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
import social.coral.installation.InstallationCheckup;
import social.coral.installation.TestServer;
import social.coral.kms.TransitEngine;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** The commands as the operator runs them: the backup beside an application that serves, the restore where nothing runs. */
@CoralTest
@Tag("both-servers")
@TestPropertySource(properties = "spring.application.name=coral-backup")
@DirtiesContext
@Timeout(300)
class BackupTest {

    private static final String KEY = "7c0e5b1fd94a4d63a8e2b6f09d13c75ab8e4f1620c9d47a3";

    @TempDir
    Path folder;

    @Autowired private Environment running;
    @Autowired private Databases databases;
    @Autowired private DatabaseServer server;
    @Autowired private ApiKeys keys;
    @Autowired private People people;

    private Path file;

    @BeforeEach
    void aFile() {
        file = folder.resolve("coral.backup");
    }

    @Test
    void everyRowOfEveryTableComesBackAndPeopleSignInAndTheirKeysOpen() throws Exception {
        TestPerson person = aPersonWithData();
        aPersonWithData();
        fillEveryTable(person.tenant());
        aJobAtWork();

        List<String> said = succeeds(running(), "backup", file.toString());

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(said.getFirst()).matches("\\d+ rows of \\d+ tenants in \\d+ tables, as they were at .*Z");
        Path data = anInstallation();
        List<String> restored = succeeds(at(data), "restore", file.toString());
        assertThat(restored).anyMatch(line -> line.startsWith("Restored and counted by tenant and table: "))
                .anyMatch(line -> line.startsWith("Checked, row security")).anyMatch(line -> line.contains("due again: 1"));
        assertThat(rows(data)).isEqualTo(rows(server));
        assertThat(Keys.run(at(data), List.of("rotate", "--tenant", person.email()), said::add, said::add)).isZero();
        assertThat(said).anyMatch(line -> line.endsWith("secrets sealed with it: 1"));
        try (CoralProcess coral = CoralProcess.start(data, environmentOf(running))) {
            assertThat(new TestClient(coral.awaitAddress(), Map.of())
                    .post("/auth/v1/token?grant_type=password", Map.of("email", person.email(), "password", person.password())).status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsWrittenMeanwhileIsThereAsAWholeOrNotAtAll() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Tenant writer = Tenants.aTenant(databases);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Whoever signs up gets a person, a profile, a persona and a log entry in one transaction.
            Future<?> signUps = threads.submit(() -> {
                while (!over.get()) {
                    Tenants.aTenant(databases);
                }
            });
            Future<?> keyChanges = threads.submit(() -> {
                while (!over.get()) {
                    writer.run(() -> keys.save(ServiceName.OPENAI, "sk-" + System.nanoTime() + "-of-the-writer"));
                }
            });
            try {
                for (int i = 0; i < 3; i++) {
                    succeeds(running(), "backup", "--overwrite", file.toString());
                }
            } finally {
                over.set(true);
            }
            signUps.get();
            keyChanges.get();
        }
        Path data = anInstallation();

        List<String> restored = succeeds(at(data), "restore", file.toString());

        assertThat(restored).noneMatch(line -> line.startsWith("FAULT"));
        SortedMap<String, List<String>> rows = rows(data);
        List<String> there = rows.getOrDefault("auth.users", List.of());
        assertThat(rows(server).getOrDefault("auth.users", List.of())).as("some came after it").hasSizeGreaterThan(there.size());
        assertThat(rows.get("public.user_profiles")).hasSameSizeAs(there);
        assertThat(rows.get("public.personas")).hasSameSizeAs(there);
    }

    @Test
    void aBackupGoesFromOneKindOfServerToTheOtherAndBackAndOverMajorVersions() throws Exception {
        aPersonWithData();
        succeeds(running(), "backup", file.toString());
        TestServer older = TestServer.startOlder().orElseGet(TestServer::start);
        StandardEnvironment own = with(running(), Map.of("coral.installation.data", anInstallation().toString(),
                "coral.installation.database-url", older.databaseUrl("elsewhere")));
        Path back = folder.resolve("back.backup");
        Path data = anInstallation();

        assertThat(succeeds(own, "restore", file.toString())).anyMatch(line -> line.startsWith("Checked, policy"))
                .anyMatch(line -> line.startsWith("Note, server functions: only a superuser can"));
        succeeds(own, "backup", back.toString());
        succeeds(at(data), "restore", back.toString());

        assertThat(rows(data)).isEqualTo(rows(server));
        assertThat(refused(own, "restore", file.toString())).contains("people; keep it aside and make an empty one, as an administrator: alter database");
        older.administrator("alter database \"elsewhere\" rename to \"elsewhere_before\"");
        older.administrator("create database \"elsewhere\" owner \"elsewhere\"");
        succeeds(own, "restore", file.toString());
    }

    @Test
    void aFileThatIsNotAsItWasWrittenIsRefusedBeforeAnythingIsTouched() throws Exception {
        aPersonWithData();
        succeeds(running(), "backup", file.toString());
        byte[] whole = Files.readAllBytes(file);
        Path data = anInstallation();
        Path other = folder.resolve("other");

        for (int place : new int[] {100, whole.length / 3, whole.length / 2}) {
            byte[] flipped = whole.clone();
            flipped[place] ^= 0x20;
            Files.write(other, flipped);
            assertThat(refused(at(data), "restore", other.toString())).matches("Not restored: .* (is damaged|was altered|is no backup).*");
            Files.write(other, Arrays.copyOf(whole, place));
            assertThat(refused(at(data), "restore", other.toString())).contains("is damaged or not complete");
        }
        Files.writeString(other, "not a backup at all");
        assertThat(refused(at(data), "restore", other.toString())).contains("no backup of Coral Social");
        assertThat(refused(at(data), "restore", folder.resolve("nowhere").toString())).contains("there is no file");
        assertThat(data.resolve("postgres")).doesNotExist();
        assertThat(data.resolve("postgres.restoring")).doesNotExist();

        Path stranger = Files.createDirectory(folder.resolve("stranger"));
        assertThat(refused(with(at(stranger), Map.of("ENCRYPTION_KEY", "")), "restore", file.toString())).contains("there is none here yet").contains("master.key");
        assertThat(refused(with(at(stranger), Map.of("ENCRYPTION_KEY", KEY)), "restore", file.toString())).contains("was made under master key ");
    }

    @Test
    void aBackupThatCannotBeWrittenLeavesNothing() throws Exception {
        assertThat(refused(running(), "backup", folder.toString())).contains("is a folder");
        assertThat(refused(running(), "backup", folder.resolve("no/such").toString())).contains("there is no folder");
        Files.writeString(file, "mine");
        assertThat(refused(running(), "backup", file.toString())).contains("already exists").contains("--overwrite");
        assertThat(file).hasContent("mine");

        // On a server of the operator's the limit is that of the command alone.
        StandardEnvironment own = with(running(), Map.of("coral.installation.data", anInstallation().toString(),
                "coral.installation.database-url", TestServer.start().databaseUrl("elsewhere")));
        aPersonWithData();
        succeeds(running(), "backup", "--overwrite", file.toString());
        succeeds(own, "restore", file.toString());
        Path small = folder.resolve("small.backup");
        Process full = process("ulimit -f 8; exec \"$0\" \"$@\"", own, "backup", small.toString());
        assertThat(full.waitFor()).isEqualTo(1);
        assertThat(new String(full.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).contains("could not be written (File too large)").doesNotContain("Exception");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("small"));
        }
    }

    @Test
    void aDatabaseWithPeopleIsReplacedOnlyWhenThatIsAskedForAndIsKeptAside() throws Exception {
        TestPerson erasedLater = aPersonWithData();
        succeeds(running(), "backup", file.toString());
        Path data = anInstallation();
        succeeds(at(data), "restore", file.toString());
        onDatabase(data, "insert into tenancy.erasures (person_hash, finished_at, result) values (tenancy.person_hash('" + erasedLater.id() + "'), now(), 'erased')");

        assertThat(refused(at(data), "restore", file.toString())).contains("people; ./coral restore --replace FILE");
        List<String> said = succeeds(at(data), "restore", "--replace", file.toString());

        assertThat(said).anyMatch(line -> line.startsWith("1 erasures are known from the database that is replaced; 1 people"))
                .anyMatch(line -> line.startsWith("The database from before is in "));
        assertThat(rows(data).toString()).doesNotContain(erasedLater.id().toString()).doesNotContain(erasedLater.email());
        try (Stream<Path> all = Files.list(data)) {
            assertThat(all.filter(path -> path.getFileName().toString().startsWith("postgres.before-"))).hasSize(1);
        }
    }

    @Test
    void aRestoreThatIsKilledLeavesTheDatabaseFromBeforeAndCanBeRunAgain() throws Exception {
        TestPerson person = aPersonWithData();
        succeeds(running(), "backup", file.toString());
        Path data = anInstallation();
        succeeds(at(data), "restore", file.toString());
        SortedMap<String, List<String>> before = rows(data);

        Process killed = process("exec \"$0\" \"$@\"", at(data), "restore", "--replace", file.toString());
        while (killed.isAlive() && !Files.exists(data.resolve("postgres.restoring/postmaster.pid"))) {
            Thread.onSpinWait();
        }
        killed.destroyForcibly().waitFor();

        assertThat(data.resolve("postgres.restoring")).exists();
        assertThat(rows(data)).isEqualTo(before);
        assertThat(before.toString()).contains(person.email());
        succeeds(at(data), "restore", "--replace", file.toString());
        assertThat(data.resolve("postgres.restoring")).doesNotExist();

        // Killed after the present one was put aside: the next start finishes it.
        Files.move(data.resolve("postgres"), data.resolve("postgres.restored"));
        assertThat(rows(data)).isEqualTo(before);
    }

    @Test
    void aRestoreIsRefusedWhileItRuns() {
        succeeds(running(), "backup", file.toString());

        assertThat(refused(running(), "restore", "--replace", file.toString())).containsAnyOf("is in use by another Coral Social", "holds", "runs on the database");
        assertThat(Backups.run(running(), List.of("backup"), out -> {}, err -> {})).isEqualTo(2);
        assertThat(Backups.run(running(), List.of("restore", "--force", "x"), out -> {}, err -> {})).isEqualTo(2);
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

    private Path anInstallation() throws IOException {
        Path data = Files.createTempDirectory(folder, "data");
        Path key = Path.of(running.getRequiredProperty("coral.installation.data")).resolve("master.key");
        if (Files.exists(key)) {
            Files.copy(key, data.resolve("master.key"));
        }
        return data;
    }

    private static SortedMap<String, List<String>> rows(DatabaseServer server) throws SQLException {
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            SortedMap<String, List<String>> all = new TreeMap<>();
            List<String> people = texts(statement, "select id::text from auth.users order by id");
            for (String table : texts(statement, """
                    select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname in ('public', 'auth', 'jobs', 'usage', 'audit', 'tenancy') and c.relkind in ('r', 'p') and not c.relispartition
                      and c.relname not in ('schema_history', 'workers', 'lines')
                    """)) {
                List<String> rows = new ArrayList<>();
                if (table.equals("jobs.scheduled_tasks")) {
                    rows.addAll(texts(statement, "select concat_ws(' ', task_name, task_instance) from jobs.scheduled_tasks order by 1"));
                } else if (table.contains(".")) {
                    rows.addAll(texts(statement, "select t::text from " + table + " t order by 1"));
                } else {
                    for (String person : people) {
                        statement.execute("select set_config('request.jwt.claims', '{\"sub\": \"" + person + "\"}', true)");
                        rows.addAll(texts(statement, "select t::text from " + table + " t order by 1"));
                    }
                }
                all.put(table.contains(".") ? table : "public." + table, rows);
            }
            owner.rollback();
            return all;
        }
    }

    private SortedMap<String, List<String>> rows(Path data) throws Exception {
        try (InstallationCheckup installation = InstallationCheckup.of(at(data), TransitEngine.of(at(data)))) {
            return rows(installation.database().orElseThrow());
        }
    }

    private void onDatabase(Path data, String sql) throws Exception {
        try (InstallationCheckup installation = InstallationCheckup.of(at(data), TransitEngine.of(at(data)));
                Connection owner = installation.database().orElseThrow().connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
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

    private static Process process(String script, StandardEnvironment environment, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, ProcessHandle.current().info().command().orElseThrow(),
                "-XX:-UsePerfData",
                "-Dcoral.installation.binaries=" + TestServer.BINARIES, "-cp", System.getProperty("java.class.path"), "social.coral.operations.Backups"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environmentOf(environment));
        builder.environment().put("CORAL_DATA", environment.getRequiredProperty("coral.installation.data"));
        builder.environment().put("DATABASE_URL", environment.getProperty("coral.installation.database-url", ""));
        return builder.start();
    }

    private static Map<String, String> environmentOf(Environment environment) {
        Map<String, String> variables = new HashMap<>();
        if (!environment.getProperty("ENCRYPTION_KEY", "").isEmpty()) {
            variables.put("ENCRYPTION_KEY", environment.getRequiredProperty("ENCRYPTION_KEY"));
        }
        return variables;
    }

    private StandardEnvironment running() {
        Map<String, Object> settings = new HashMap<>();
        for (String setting : List.of("coral.installation.data", "coral.installation.binaries", "coral.installation.database-url", "ENCRYPTION_KEY")) {
            settings.put(setting, running.getProperty(setting, ""));
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return environment;
    }

    /** Another installation under the same key, on an embedded database. */
    private StandardEnvironment at(Path data) {
        return with(running(), Map.of("coral.installation.data", data.toString(), "coral.installation.database-url", ""));
    }

    private static StandardEnvironment with(StandardEnvironment environment, Map<String, Object> settings) {
        environment.getPropertySources().addFirst(new MapPropertySource("changed " + settings.size(), settings));
        return environment;
    }
}
