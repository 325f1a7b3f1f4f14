package social.coral.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import social.coral.TestClient;
import social.coral.installation.CoralProcess;
import social.coral.installation.QuickStart;

/**
 * Checks that a test runs every command that documents, the doctor and errors recommend, mostly here, one after the other on one
 * installation that is restarted in between. A new recommendation fails until a test follows it.
 */
@Tag("database")
class DocumentedCommandsTest {

    private static final String HERE = "DocumentedCommandsTest.eachEndsWellAndTheInstallationStartsAgain";
    private static final String WALL = "WallTest.whatAnAdministratorIsToldIsEnough";

    /** Who runs it; or why nobody can. */
    private static final Map<String, String> RUN_BY = new TreeMap<>(Map.ofEntries(
            Map.entry("./coral run", HERE),
            Map.entry("./coral run --demo", HERE),
            Map.entry("./coral help", HERE),
            Map.entry("./coral doctor", HERE),
            Map.entry("./coral doctor --isolation", HERE),
            Map.entry("./coral doctor --isolation --mend", HERE),
            Map.entry("./coral prices", HERE),
            Map.entry("./coral spending show", HERE),
            Map.entry("./coral spending stop", HERE),
            Map.entry("./coral spending resume", HERE),
            Map.entry("./coral spending limit <usd>", HERE),
            Map.entry("./coral spending limit none", HERE),
            Map.entry("./coral plan list", HERE),
            Map.entry("./coral plan set <email or id> <plan>", HERE),
            Map.entry("./coral plan change <plan> <what>", HERE),
            Map.entry("./coral limit <email or id> <usd>", HERE),
            Map.entry("./coral reindex", HERE),
            Map.entry("./coral reindex --tenant <email or id>", HERE),
            Map.entry("./coral keys status", HERE),
            Map.entry("./coral keys rotate", HERE),
            Map.entry("./coral keys rotate --tenant <email or id>", HERE),
            Map.entry("./coral keys forget", HERE),
            Map.entry("./coral backup coral.backup", HERE),
            Map.entry("./coral restore coral.backup", HERE),
            Map.entry("./coral restore --replace coral.backup", HERE),
            Map.entry("curl -H \"Authorization: Bearer $(cat data/operator.token)\" http://localhost:8080/actuator/prometheus", HERE),
            Map.entry("openssl rand -hex 32", HERE),
            Map.entry("chmod 600 …", HERE),
            Map.entry("select * from tenancy.erasures where person_hash = sha256(convert_to('<id>', 'UTF8'));", HERE),
            Map.entry("create role coral login createrole password '…';", WALL),
            Map.entry("create database coral owner coral;", WALL),
            Map.entry("alter database coral rename to coral_before;", WALL),
            Map.entry("alter database … rename to …_before", "BackupTest.aBackupGoesFromOneKindOfServerToTheOtherAndBackAndOverMajorVersions"),
            Map.entry("create database … owner", WALL),
            Map.entry("alter role … createrole", WALL),
            Map.entry("alter role … nosuperuser nobypassrls", WALL),
            Map.entry("alter role … login connection limit -1 valid until 'infinity'",
                    "OwnServerTest.aProcessWithARefusedRoleIsNotReadyAndNamesTheRole"),
            Map.entry("alter database … owner to …", WALL),
            Map.entry("grant execute on function pg_try_advisory_xact_lock(bigint) to …", "WallTest.theAdviceOnTheServersFunctionsIsCompleteAndTheNextStartIsAsEver"),
            Map.entry("revoke execute on function … from public; grant execute on function … to …", "WallTest.theAdviceOnTheServersFunctionsIsCompleteAndTheNextStartIsAsEver"),
            Map.entry("./coral test", "the tests themselves"),
            Map.entry("./coral bench", "it takes a quarter of an hour"),
            Map.entry("./coral screenshot", "it needs a browser and makes a picture")));

    private static final Pattern CORAL = Pattern.compile("\\./coral (?:run|help|doctor|keys|backup|restore|prices|spending|plan|limit|reindex|test|bench|screenshot)"
            + "(?: --[a-z]+| (?:status|rotate|forget|show|stop|resume|limit|none|list|set|change)\\b| <[a-z ]+>| coral\\.backup)*");
    private static final Pattern OTHER = Pattern.compile("^(?:openssl|curl|chmod|sudo|psql|pg_dump|pg_restore|create (?:role|database) |alter (?:role|database) |select \\* ).*");
    private static final Pattern ADVICE = Pattern.compile("(?:as an administrator: |as one: |, in …: |[Rr]un: |with: )((?:alter|create|grant|revoke|chmod|openssl)[^\"]*)");

    @TempDir
    Path folder;

    @Test
    void everyCommandThatIsRecommendedIsRunByATest() throws IOException {
        TreeSet<String> recommended = new TreeSet<>();
        try (Stream<Path> documents = Stream.concat(Stream.of("README.md", "SECURITY.md", "CONTRIBUTING.md").map(Path::of), Files.walk(Path.of("docs")));
                Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            documents.filter(file -> file.toString().endsWith(".md")).forEach(file -> recommended.addAll(ofDocument(read(file))));
            sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> recommended.addAll(ofSource(read(file))));
        }
        recommended.removeIf(command -> command.equals("./coral keys") || command.equals("./coral backup") || command.equals("./coral restore")
                || command.equals("./coral spending")
                || command.equals("./coral restore --replace") || command.equals("./coral keys rotate --tenant"));

        assertThat(recommended).isSubsetOf(RUN_BY.keySet()).contains("./coral backup coral.backup", "alter role … createrole");
        assertThat(RUN_BY.values()).filteredOn(value -> value.contains("Test.")).allSatisfy(test -> {
            String[] named = test.split("\\.");
            try (Stream<Path> tests = Files.walk(Path.of("src/test/java"))) {
                assertThat(tests.filter(file -> file.endsWith(named[0] + ".java"))).singleElement().satisfies(file ->
                        assertThat(read(file)).contains("void " + named[1] + "("));
            }
        });
        System.out.println(recommended.stream().filter(command -> RUN_BY.getOrDefault(command, "").contains("Test.")).count() + " of " + recommended.size() + " recommended commands are run by tests");
    }

    @Test
    @Timeout(1_200)
    void eachEndsWellAndTheInstallationStartsAgain() throws Exception {
        String email = "ada@example.org";
        Path data = folder.resolve("data");
        try (CoralProcess coral = CoralProcess.start(data, Map.of())) {
            String address = coral.awaitAddress();
            assertThat(new TestClient(address, Map.of()).post("/auth/v1/signup", Map.of("email", email, "password", "violet harbour lantern 42")).status()).isEqualTo(200);
            for (String command : List.of("./coral help", "./coral doctor", "./coral doctor --isolation", "./coral keys status", "./coral keys rotate",
                    "./coral keys rotate --tenant " + email,
                    "./coral prices", "./coral spending stop", "./coral spending resume", "./coral spending limit 20", "./coral spending limit none",
                    "./coral spending show", "./coral plan list", "./coral plan set " + email + " pro",
                    "./coral plan change pro accounts=5 agents=3 requests=600 models=openai,anthropic/claude-haiku-4-5 retention=none", "./coral limit " + email + " 12.50", "./coral reindex", "./coral reindex --tenant " + email,
                    "./coral keys forget", "./coral backup coral.backup")) {
                runs(command, data);
            }
            assertThat(runs("curl -f -s -H \"Authorization: Bearer $(cat data/operator.token)\" " + address + "/actuator/prometheus", data)).contains("coral_audit_broken");
            runs("chmod 600 data/master.key", data);
            assertThat(runs("openssl rand -hex 32", data)).hasSize(65);
            try (Connection administrator = coral.database().connectAsAdministrator().orElseThrow();
                    Statement statement = administrator.createStatement()) {
                statement.execute("alter table public.tweets no force row level security; grant postgres to coral_tenant; alter role coral_meter bypassrls");
            }
        }
        assertThatThrownBy(() -> signsIn(data, email, Map.of())).hasMessageContaining("./coral doctor --isolation --mend");
        for (List<String> between : List.of(List.of("./coral doctor --isolation --mend", "./coral doctor", "./coral keys status"), List.of("./coral restore --replace coral.backup", "./coral doctor --isolation"))) {
            for (String command : between) {
                runs(command, data);
            }
            signsIn(data, email, Map.of());
        }
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.copy(data.resolve("master.key"), other.resolve("master.key"));
        runs("./coral restore coral.backup", other);
        signsIn(other, email, Map.of("CORAL_DEMO", "true"));
    }

    private static void signsIn(Path data, String email, Map<String, String> environment) throws Exception {
        try (CoralProcess coral = CoralProcess.start(data, environment)) {
            TestClient client = new TestClient(coral.awaitAddress(), Map.of());
            assertThat(client.post("/auth/v1/token?grant_type=password", Map.of("email", email, "password", "violet harbour lantern 42")).status()).isEqualTo(200);
            try (var owner = coral.database().connectAsOwner(); var statement = owner.createStatement()) {
                statement.executeQuery("select * from tenancy.erasures where person_hash = sha256(convert_to('<id>', 'UTF8'));");
            }
        }
    }

    /** Runs a line as an operator types it, with the launcher's programs taken from the classes under test. */
    private String runs(String line, Path data) throws Exception {
        Matcher operate = Pattern.compile("\\./coral (doctor|keys|backup|restore|prices|spending|plan|limit|reindex)\\b(.*)").matcher(line);
        String script = operate.matches() ? program(operate.group(1)) + operate.group(2)
                : line.replace("./coral", Path.of("coral").toAbsolutePath().toString());
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).directory(folder.toFile()).redirectErrorStream(true);
        List.of("DATABASE_URL", "ENCRYPTION_KEY", "ENCRYPTION_KEYS_OLD", "APP_URL").forEach(builder.environment()::remove);
        builder.environment().putAll(Map.of("CORAL_DATA", data.toString(), "PORT", "0"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line + ": " + said).isZero();
        return said;
    }

    /** As the launcher has it: {@code doctor) operate Doctor "$@"}. */
    private static String program(String command) throws IOException {
        Matcher operate = Pattern.compile("^ +(?:\\w+ \\| )?" + command + "(?: \\| \\w+)?\\) operate (\\w+)( \"\\$command\")? \"\\$@\"", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("coral")));
        assertThat(operate.find()).as("the launcher knows " + command).isTrue();
        return String.join(" ", QuickStart.command()) + " social.coral.operations." + operate.group(1)
                + (operate.group(2) == null ? "" : " " + command);
    }

    private static List<String> ofDocument(String text) {
        List<String> found = new ArrayList<>();
        Matcher code = Pattern.compile("`([^`]+)`|^    (\\S.*)$|^(\\./coral .*)$", Pattern.MULTILINE).matcher(
                // What an attacker tried is told in tables, and is no advice.
                text.lines().filter(line -> !line.startsWith("|")).collect(Collectors.joining("\n")));
        while (code.find()) {
            String said = Stream.of(1, 2, 3).map(code::group).filter(group -> group != null).findFirst().orElseThrow().replace('\n', ' ').strip();
            found.addAll(said.startsWith("./coral ") ? CORAL.matcher(said).results().map(MatchResult::group).toList()
                    : OTHER.matcher(said).matches() && !said.contains("role … ") ? List.of(said) : List.of());
        }
        return found;
    }

    /** The texts of a source, with what is put in between them as "…". */
    private static List<String> ofSource(String source) {
        String texts = source.lines().filter(line -> !line.strip().startsWith("*") && !line.strip().startsWith("/")).collect(Collectors.joining("\n"))
                .replaceAll("\"\\s*\\+\\s*\"", "").replaceAll("\"\\s*\\+[^\";]*?\\+\\s*\"", "…").replaceAll("\"\\s*\\+[^\";]*?[,;]", "…\"");
        List<String> found = new ArrayList<>();
        Pattern.compile("\"[^\"\n]*\"").matcher(texts).results().map(MatchResult::group).forEach(text -> {
            CORAL.matcher(text).results().map(MatchResult::group).forEach(found::add);
            ADVICE.matcher(text).results().map(advice -> advice.group(1).strip().replaceFirst("\\.$", "")).forEach(found::add);
        });
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
