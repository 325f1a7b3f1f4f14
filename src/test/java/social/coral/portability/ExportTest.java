package social.coral.portability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestClient;
import social.coral.TestPerson;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.Databases;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TestDoors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The archive of everything a tenant owns, as it comes over HTTP. */
@CoralTest
class ExportTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Autowired
    private People people;

    @Autowired
    private TenantDoor door;

    @Autowired
    private DatabaseServer server;

    @Autowired
    private Databases databases;

    @Autowired
    private Environment environment;

    @Test
    void theArchiveHoldsWhatTheTenantWroteAndNothingOfAnother() throws Exception {
        TestPerson owner = people.aPerson();
        TestPerson other = people.aPerson();
        owner.post("/api/tweets", Map.of("content", "Corals\nspawn at \"full moon\" \u2728"));
        owner.post("/api/x-accounts", Map.of("username", "reefcheck"));
        other.post("/api/tweets", Map.of("content", "another's"));

        Map<String, byte[]> files = unpacked(owner);

        assertThat(rows(files, "tweets")).singleElement().satisfies(tweet -> {
            assertThat(tweet.get("content").stringValue()).isEqualTo("Corals\nspawn at \"full moon\" \u2728");
            assertThat(tweet.get("user_id").stringValue()).isEqualTo(owner.id().toString());
            assertThat(tweet.get("created_at").stringValue()).endsWith("+00:00");
        });
        assertThat(rows(files, "x_accounts")).singleElement().satisfies(row -> assertThat(row.get("username").stringValue()).isEqualTo("reefcheck"));
        assertThat(rows(files, "user_profiles")).hasSize(1);
        assertThat(rows(files, "agent_logs")).isNotEmpty();
        JsonNode account = JSON.readTree(files.get("account.json"));
        assertThat(account.at("/person/email").stringValue()).isEqualTo(owner.email());
        assertThat(account.get("sessions").size()).isEqualTo(2);
        assertThat(account.get("known_from")).isNotEmpty().allSatisfy(known -> assertThat(known.get("kind").stringValue()).isIn("browser", "network"));
        assertThat(text(files)).doesNotContain("another's", other.id().toString(), other.email());
    }

    @Test
    void theManifestTellsOfEachFileWhatItIsAndTheReadmeWhatItMeans() throws Exception {
        TestPerson owner = people.aPerson();
        owner.post("/api/tweets", Map.of("content", "counted"));

        Map<String, byte[]> files = unpacked(owner);

        JsonNode manifest = JSON.readTree(files.get("manifest.json"));
        assertThat(manifest.get("format").stringValue()).isEqualTo("coral-social-export");
        assertThat(manifest.get("version").intValue()).isEqualTo(1);
        assertThat(manifest.get("files").valueStream().map(file -> file.get("name").stringValue()))
                .containsExactlyElementsOf(files.keySet().stream().filter(name -> !name.equals("manifest.json")).toList());
        for (JsonNode file : manifest.get("files")) {
            byte[] bytes = files.getOrDefault(file.get("name").stringValue(), new byte[0]);
            assertThat(file.get("bytes").longValue()).isEqualTo(bytes.length);
            assertThat(file.get("sha256").stringValue())
                    .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
            if (file.get("table").isString()) {
                assertThat(file.get("rows").longValue()).isEqualTo(new String(bytes, StandardCharsets.UTF_8).lines().count());
                assertThat(file.get("columns").size()).isPositive();
            }
        }
        assertThat(new String(files.get("README.txt"), StandardCharsets.UTF_8))
                .contains("tables/tweets.ndjson", "content", "timestamp with time zone", "user_api_keys.encrypted_key: a secret",
                        "tables/tweets.ndjson: posts, kept until they are removed", "tables/agent_runs.ndjson: runs, the oldest go when there are more than 2,000",
                        "idempotency_keys: answers kept for a day");
    }

    @Test
    void noSecretLeavesAndTheManifestSaysSo() throws Exception {
        TestPerson owner = people.aPerson();
        owner.post("/api/user/api-keys", Map.of("service_name", "openai", "api_key", "sk-plain-0123456789abcdef"));

        Map<String, byte[]> files = unpacked(owner);

        assertThat(rows(files, "user_api_keys")).singleElement().satisfies(key -> {
            assertThat(key.get("service_name").stringValue()).isEqualTo("openai");
            assertThat(key.propertyNames()).doesNotContain("encrypted_key", "data_key_id");
        });
        assertThat(files).doesNotContainKeys("tables/user_data_keys.ndjson", "tables/idempotency_keys.ndjson");
        assertThat(text(files)).doesNotContain("sk-plain", "argon2", "cookie_hash", "encrypted_password");
        assertThat(JSON.readTree(files.get("manifest.json")).get("left_out").valueStream().map(each -> each.get("name").stringValue()))
                .contains("user_api_keys.encrypted_key", "user_data_keys", "idempotency_keys");
    }

    /** What next month's migration adds: a table that nobody has told the export of. */
    @Test
    void aNewTableIsInTheArchiveByItself() throws Exception {
        TestPerson owner = people.aPerson();
        SingleConnectionDataSource connection = new SingleConnectionDataSource(server.connectAsOwner(), true);
        JdbcClient sql = JdbcClient.create(connection);
        try {
            sql.sql("""
                    create table public.field_notes (user_id uuid not null default auth.uid(), id uuid not null default gen_random_uuid(),
                      note text not null, took interval, primary key (user_id, id))
                    """).update();
            sql.sql("select tenancy.declare('public.field_notes', 'note', 'notes', 10, '{select,insert}', lengths => '{\"note\": 100}')").query(String.class).list();
            TenantDoor next = TestDoors.asDeclaredNow(databases, server);
            owner.tenant().run(() -> next.sql("insert into public.field_notes (note, took) values (:note, interval '90 min')").param("note", "low tide").update());

            assertThat(rows(unpacked(owner), "field_notes")).singleElement().satisfies(row -> {
                assertThat(row.get("note").stringValue()).isEqualTo("low tide");
                assertThat(row.get("took").stringValue()).isEqualTo("PT1H30M");
            });
        } finally {
            sql.sql("delete from tenancy.tables where relation = 'field_notes'").update();
            sql.sql("drop table if exists public.field_notes").update();
            connection.destroy();
        }
    }

    @Test
    void aClientThatGoesAwayEndsTheExportAndTheNextOneIsWhole() throws Exception {
        TestPerson owner = people.aPerson();
        owner.tenant().run(() -> door.transaction(() -> posts(60_000)));
        HttpResponse<InputStream> begun = stream(owner);
        assertThat(begun.body().readNBytes(1_000)).hasSize(1_000);
        assertThat(owner.get("/api/user/export").text("/error_code")).isEqualTo("export_under_way");

        begun.body().close();

        Awaitility.await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(rows(unpacked(owner), "tweets_cache")).hasSize(60_000));
        try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(temporary.map(Path::toString)).noneMatch(name -> name.contains("coral-export"));
        }
    }

    @Test
    void anExportWhoseDatabaseGoesAwayIsCutOffAndNothingOfItPassesForWhole() throws Exception {
        TestPerson owner = people.aPerson();
        owner.tenant().run(() -> door.transaction(() -> posts(60_000)));
        HttpResponse<InputStream> begun = stream(owner);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        got.write(begun.body().readNBytes(1_000));

        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> endedReaders() > 0);

        assertThatThrownBy(() -> begun.body().transferTo(got)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Archive.unpacked(got.toByteArray())).isInstanceOf(IOException.class);
    }

    @Test
    void anExportEndsWithTheSessionItWasBegunInAndNothingOfItPassesForWhole() throws Exception {
        TestPerson owner = people.aPerson();
        owner.tenant().run(() -> door.transaction(() -> posts(60_000)));
        TestClient session = people.signedIn(owner);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        try (Socket thief = new Socket()) {
            thief.setReceiveBufferSize(4_096);
            thief.connect(new InetSocketAddress("localhost", Integer.parseInt(environment.getRequiredProperty("local.server.port"))));
            thief.getOutputStream().write(("GET /api/user/export HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + owner.accessToken() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            got.write(thief.getInputStream().readNBytes(2_000));

            People.changePassword(session);

            try {
                thief.getInputStream().transferTo(got);
            } catch (IOException e) {
                // As good as the end.
            }
            assertThat(got.toString(StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 200").doesNotContain("manifest.json").doesNotEndWith("0\r\n\r\n");
            Awaitility.await().untilAsserted(() -> assertThat(session.bytes("GET", "/api/user/export", HttpRequest.BodyPublishers.noBody(), "text/plain").statusCode()).isEqualTo(200));
        }
    }

    private int endedReaders() throws SQLException {
        try (Connection administrator = server.connectAsOwner();
                Statement sql = administrator.createStatement()) {
            administrator.setAutoCommit(false);
            sql.execute("grant coral_tenant to current_user");
            try (ResultSet row = sql.executeQuery(
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'coral_tenant' and query like 'select to_json%public.tweets_cache %'")) {
                row.next();
                return row.getInt(1);
            } finally {
                administrator.rollback();
            }
        }
    }

    /** In parts, each well below the time a statement may take on a busy machine. */
    private void posts(int count) {
        for (int from = 1; from <= count; from += 10_000) {
            door.sql("""
                            insert into public.tweets_cache (network, tweet_id, author, content, source, created_at)
                            values ('x', generate_series(:from, :to)::text, 'reef', repeat(md5(random()::text), 8), 'imported', now())
                            """)
                    .param("from", from)
                    .param("to", Math.min(from + 9_999, count))
                    .update();
        }
    }

    private Map<String, byte[]> unpacked(TestPerson person) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = stream(person);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(answer.headers().firstValue("Content-Disposition")).hasValueSatisfying(value -> assertThat(value).contains("coral-export-"));
        return Archive.unpacked(answer.body().readAllBytes());
    }

    private HttpResponse<InputStream> stream(TestPerson person) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + environment.getRequiredProperty("local.server.port") + "/api/user/export"))
                        .header("Authorization", "Bearer " + person.accessToken()).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private static List<JsonNode> rows(Map<String, byte[]> files, String table) {
        assertThat(files).containsKey("tables/" + table + ".ndjson");
        return new String(files.get("tables/" + table + ".ndjson"), StandardCharsets.UTF_8).lines().map(JSON::readTree).toList();
    }

    private static String text(Map<String, byte[]> files) {
        StringBuilder all = new StringBuilder();
        files.values().forEach(file -> all.append(new String(file, StandardCharsets.UTF_8)));
        return all.toString();
    }
}
