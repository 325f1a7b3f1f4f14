package social.coral.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.tenancy.TenantDoor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An export of one account, taken in by another. */
@CoralTest
class ImportTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Autowired
    private People people;

    @Autowired
    private TenantDoor door;

    @Autowired
    private Environment environment;

    @Test
    void whatATenantOwnsComesOverUnderTheOneThatImportsItAndTwiceAddsNothing() throws Exception {
        TestPerson source = people.aPerson();
        source.post("/api/tweets", Map.of("content", "Comes \"over\"\nas it is"));
        TestAnswer planned = source.post("/api/tweets", Map.of("content", "planned", "scheduled_for", "2030-01-01T10:00:00Z", "time_zone", "Europe/Berlin"));
        source.post("/api/x-accounts", Map.of("username", "reefcheck", "priority", 80));
        source.post("/api/personas", Map.of("name", "Reef", "tone", "calm"));
        assertThat(source.patch("/api/tweets/" + planned.text("/tweet/id"), Map.of("status", "scheduled")).text("/tweet/status")).isEqualTo("scheduled");
        byte[] archive = export(source);
        TestPerson target = people.aPerson();

        TestAnswer answer = send(target, archive);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode tweets = target.get("/api/tweets").json().get("tweets");
        assertThat(tweets.valueStream().map(tweet -> tweet.get("content").asString())).containsExactlyInAnyOrder("Comes \"over\"\nas it is", "planned");
        assertThat(tweets.valueStream()).allSatisfy(tweet -> {
            assertThat(tweet.get("user_id").asString()).isEqualTo(target.id().toString());
            assertThat(tweet.get("status").asString()).as("nothing goes out twice").isEqualTo("draft");
        });
        assertThat(tweets.valueStream().map(tweet -> tweet.get("id").asString()))
                .containsExactlyInAnyOrderElementsOf(source.get("/api/tweets").json().get("tweets").valueStream().map(tweet -> tweet.get("id").asString()).toList());
        assertThat(target.get("/api/x-accounts").text("/x_accounts/0/priority")).isEqualTo("80");
        assertThat(target.get("/api/personas").json().get("personas").valueStream().filter(persona -> persona.get("is_default").asBoolean())).hasSize(1);
        assertThat(source.get("/api/tweets").json().get("tweets").size()).isEqualTo(2);

        TestAnswer again = send(target, archive);
        assertThat(again.json().get("tables").valueStream().mapToLong(table -> table.get("imported").asLong()).sum()).isZero();
        assertThat(target.get("/api/tweets").json().get("tweets").size()).isEqualTo(2);
    }

    @Test
    void planLimitsKeysAndLogsOfTheOtherAccountAreNoFactsHere() throws Exception {
        TestPerson source = people.aPerson();
        source.post("/api/user/api-keys", Map.of("service_name", "openai", "api_key", "sk-plain-0123456789abcdef"));
        Map<String, byte[]> files = Archive.unpacked(export(source));
        byte[] richer = text(files, "tables/user_profiles.ndjson").replace("\"free\"", "\"enterprise\"").replace(":1000", ":999999").getBytes(StandardCharsets.UTF_8);
        TestPerson target = people.aPerson();

        TestAnswer answer = send(target, Archive.packed(with(files, "tables/user_profiles.ndjson", richer)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("left_out").valueStream().map(each -> each.get("name").asString())).contains(
                "account.json", "user_profiles", "user_api_keys", "api_usage_logs", "agent_logs", "agent_runs", "agent_schedules", "audit_log");
        assertThat(target.get("/api/user/profile").text("/profile/subscription_tier")).isEqualTo("free");
        assertThat(target.get("/api/user/api-keys").json().get("apiKeys").size()).isZero();
    }

    @Test
    void aLongPostComesAsADraftAndGoesOnWhereTheAccountMayPublishIt() throws Exception {
        TestPerson source = people.aPerson();
        source.patch("/api/user/profile", Map.of("long_posts", true));
        source.post("/api/tweets", Map.of("content", "海".repeat(12_500)));
        Map<String, byte[]> files = Archive.unpacked(export(source));
        assertThat(text(files, "tables/user_profiles.ndjson")).contains("\"long_posts\":true");
        String good = text(files, "tables/tweets.ndjson").strip();
        String rows = good + "\n" + fresh(good).replace("海".repeat(12_500), "x".repeat(30_001)) + "\n";
        TestPerson target = people.aPerson();

        TestAnswer answer = send(target, Archive.packed(with(files, "tables/tweets.ndjson", rows.getBytes(StandardCharsets.UTF_8))));

        assertThat(answer.json().get("rejected").valueStream().map(row -> row.get("reason").asString())).containsExactly("breaks the rule tweets_content_check");
        String path = "/api/tweets/" + target.get("/api/tweets").text("/tweets/0/id");
        assertThat(target.patch(path, Map.of("status", "in_review")).status()).as("what the other account may is no fact here").isEqualTo(400);
        target.patch("/api/user/profile", Map.of("long_posts", true));
        assertThat(target.patch(path, Map.of("status", "in_review")).status()).isEqualTo(200);
    }

    @Test
    void aRowThatDoesNotFitIsNamedAndTheOthersAreTaken() throws Exception {
        TestPerson source = people.aPerson();
        source.post("/api/tweets", Map.of("content", "fits"));
        Map<String, byte[]> files = Archive.unpacked(export(source));
        String good = text(files, "tables/tweets.ndjson").strip();
        String rows = String.join("\n",
                fresh(good).replace("\"unedited\":false", "\"unedited\":true"),
                fresh(good).replace("\"fits\"", "\"also fits\""),
                "no json",
                fresh(good).replace("\"content\":", "\"is_admin\":true,\"content\":"),
                good.replace(source.id().toString(), people.aPerson().id().toString())) + "\n";
        TestPerson target = people.aPerson();

        TestAnswer answer = send(target, Archive.packed(with(files, "tables/tweets.ndjson", rows.getBytes(StandardCharsets.UTF_8))));

        assertThat(answer.json().get("rejected").valueStream().map(row -> row.get("line").asLong() + " " + row.get("reason").asString()))
                .containsExactlyInAnyOrder("1 breaks the rule tweets_unedited_by_agent", "3 is no JSON", "4 has a value that the manifest does not name");
        assertThat(target.get("/api/tweets").json().get("tweets").valueStream().map(tweet -> tweet.get("content").asString()))
                .containsExactlyInAnyOrder("fits", "also fits");
    }

    @Test
    void whatThePageAndTheRouteRefuseAsOneTooManyAnArchiveDoesNotBringEither() throws Exception {
        TestPerson source = people.aPerson();
        source.post("/api/x-accounts", Map.of("username", "a"));
        Map<String, byte[]> files = Archive.unpacked(export(source));
        String row = text(files, "tables/x_accounts.ndjson").strip();
        String rows = IntStream.range(0, 600).mapToObj(i -> fresh(row).replace("\"username\":\"a\"", "\"username\":\"a" + i + "\"")).collect(Collectors.joining("\n", "", "\n"));
        TestPerson target = people.aPerson();

        TestAnswer answer = send(target, Archive.packed(with(files, "tables/x_accounts.ndjson", rows.getBytes(StandardCharsets.UTF_8))));

        JsonNode taken = answer.json().get("tables").valueStream().filter(table -> table.get("table").asString().equals("x_accounts")).findFirst().orElseThrow();
        assertThat(taken.get("imported").asInt()).isEqualTo(500);
        assertThat(taken.get("rejected").asInt()).isEqualTo(100);
        assertThat(answer.json().get("rejected").get(0).get("reason").asString()).contains("500 accounts").contains("the most allowed");
        TestAnswer byRoute = target.post("/api/x-accounts", Map.of("username", "b"));
        assertThat(byRoute.status()).isEqualTo(409);
        assertThat(byRoute.text("/error_code")).isEqualTo("limit");
    }

    @Test
    void aLineTooLongToBeARowIsNamedAndTheOthersAreTaken() throws Exception {
        TestPerson source = people.aPerson();
        source.post("/api/tweets", Map.of("content", "fits"));
        Map<String, byte[]> files = Archive.unpacked(export(source));
        String good = text(files, "tables/tweets.ndjson").strip();
        String rows = "{\"content\":\"" + "x".repeat(3 << 20) + "\"}\n" + good + "\n" + "y".repeat(Lines.MAX_LENGTH + 1);
        TestPerson target = people.aPerson();

        TestAnswer answer = send(target, Archive.packed(with(files, "tables/tweets.ndjson", rows.getBytes(StandardCharsets.UTF_8))));

        assertThat(answer.json().get("rejected").valueStream().map(row -> row.get("line").asLong() + " " + row.get("reason").asString()))
                .containsExactly("1 is longer than 1024 KB", "3 is longer than 1024 KB");
        assertThat(target.get("/api/tweets").json().get("tweets").valueStream().map(tweet -> tweet.get("content").asString())).containsExactly("fits");
    }

    @Test
    void anImportThatEndsInItsMiddleSaysWhatItStored() throws Exception {
        TestPerson source = people.aPerson();
        source.post("/api/tweets", Map.of("content", "one"));
        Map<String, byte[]> files = Archive.unpacked(export(source));
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 700; i++) {
            rows.append(fresh(text(files, "tables/tweets.ndjson").strip())).append('\n');
        }
        rows.append("no json\n".repeat(300)).append("not json\n".repeat(300));
        for (int i = 0; i < 2_000; i++) {
            rows.append("no json ").append(i).append('\n');
        }
        TestPerson target = people.aPerson();

        TestAnswer answer = send(target, Archive.packed(with(files, "tables/tweets.ndjson", rows.toString().getBytes(StandardCharsets.UTF_8))));

        assertThat(answer.status()).isEqualTo(400);
        int held = held(target);
        assertThat(held).isPositive();
        assertThat(answer.text("/error")).contains(ImportFault.count(held, "row") + " were stored");
        assertThat(answer.json().get("tables").valueStream().filter(table -> table.get("table").asString().equals("tweets")))
                .singleElement().satisfies(table -> assertThat(table.get("imported").asInt()).isEqualTo(held));
        assertThat(target.get("/api/user/audit").body()).contains(ImportFault.count(held, "row") + " were stored before it ended. This ZIP has more than 1000 rows for tweets");
    }

    @Test
    void whatIsThereAlreadyTakesNoRoomOfATablesBound() throws Exception {
        TestPerson target = people.aPerson();
        target.post("/api/x-accounts", Map.of("username", "u1"));
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            rows.append("{\"username\":\"u1\",\"priority\":").append(i % 100).append("}\n");
        }
        for (int i = 0; i < 505; i++) {
            rows.append("{\"username\":\"n").append(i).append("\",\"priority\":50}\n");
        }

        TestAnswer answer = send(target, archiveOf("x_accounts", List.of("username", "priority"), rows.toString()));

        assertThat(answer.json().at("/tables/0").toString()).contains("\"imported\":499", "\"there_already\":3000", "\"rejected\":6");
    }

    @Test
    void eachLineIsCountedForWhatBecameOfItHoweverOftenItComes() throws Exception {
        String good = "{\"username\":\"good\",\"priority\":50}\n";
        String bad = "{\"username\":\"bad\",\"priority\":5000}\n";

        TestAnswer answer = send(people.aPerson(), archiveOf("x_accounts", List.of("username", "priority"), bad + good + bad + "no json\n" + good + bad + "no json\n"));

        assertThat(answer.json().at("/tables/0").toString()).contains("\"imported\":1", "\"there_already\":1", "\"rejected\":5");
        assertThat(answer.json().get("rejected").valueStream().map(row -> row.get("line").asInt())).containsExactlyInAnyOrder(1, 3, 4, 6, 7);
    }

    private int held(TestPerson person) throws Exception {
        return person.tenant().call(() -> door.sql("select count(*) from public.tweets where user_id = :tenant").one(row -> row.getInt(1)));
    }

    /** An archive of one table, made by hand. */
    static byte[] archiveOf(String table, List<String> columns, String rows) throws IOException {
        byte[] bytes = rows.getBytes(StandardCharsets.UTF_8);
        String file = "tables/" + table + ".ndjson";
        String manifest = JSON.writeValueAsString(Map.of("format", "coral-social-export", "version", 1, "exported_at", "2026-01-01T00:00:00Z",
                "left_out", List.of(), "files", List.of(Map.of("name", file, "table", table, "rows", 1, "bytes", bytes.length,
                        "sha256", HexFormat.of().formatHex(ArchiveWriter.sha256().digest(bytes)),
                        "columns", columns.stream().map(name -> Map.of("name", name, "type", "text", "nullable", true)).toList()))));
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(file, bytes);
        files.put("manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
        return Archive.packed(files);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            changed  | was damaged or changed: tables/tweets.ndjson
            lacking  | lacks tables/tweets.ndjson
            stranger | This ZIP is not a Coral Social export, or is damaged
            unnamed  | which its manifest does not list
            newer    | has format version 2
            headless | has no manifest.json
            bomb     | unfolds to far more than its size
            many     | has more than 500 entries
            empty    | This file is empty
            no zip   | This file is not a ZIP, or is damaged
            backward | has its tables in the wrong order
            """)
    void anArchiveThatIsNotWhatItSaysIsRefusedAndChangesNothing(String fault, String said) throws Exception {
        TestPerson person = people.aPerson();
        person.post("/api/tweets", Map.of("content", "mine"));
        Map<String, byte[]> files = Archive.unpacked(export(person));
        TestPerson target = people.aPerson();

        TestAnswer answer = send(target, broken(files, fault));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("/error")).contains(said);
        assertThat(target.get("/api/tweets").json().get("tweets").size()).isZero();
    }

    private byte[] broken(Map<String, byte[]> files, String fault) throws IOException {
        String tweets = "tables/tweets.ndjson";
        byte[] row = files.getOrDefault(tweets, new byte[0]);
        switch (fault) {
            case "changed" -> files.put(tweets, new String(row, StandardCharsets.UTF_8).replace("mine", "ours").getBytes(StandardCharsets.UTF_8));
            case "lacking" -> files.remove(tweets);
            case "stranger" -> files.put("../../etc/cron.d/x", row);
            case "unnamed" -> files.put("tables/secrets.ndjson", row);
            case "newer" -> manifest(files, manifest -> manifest.put("version", 2));
            case "headless" -> files.remove("manifest.json");
            case "many" -> {
                for (int i = 0; i < 501; i++) {
                    files.put("tables/t" + i + ".ndjson", row);
                }
            }
            case "bomb" -> {
                return bomb();
            }
            case "empty" -> {
                return new byte[0];
            }
            case "backward" -> {
                List<String> names = new ArrayList<>(files.keySet());
                names.remove("manifest.json");
                Map<String, byte[]> backward = new LinkedHashMap<>();
                names.reversed().forEach(name -> backward.put(name, files.getOrDefault(name, new byte[0])));
                backward.put("manifest.json", files.getOrDefault("manifest.json", new byte[0]));
                return Archive.packed(backward);
            }
            default -> {
                return "not a zip at all".getBytes(StandardCharsets.UTF_8);
            }
        }
        return Archive.packed(files);
    }

    /** 300 MB of nothing in 300 KB. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("tables/tweets.ndjson"));
            for (int i = 0; i < 300; i++) {
                zip.write(new byte[1 << 20]);
            }
        }
        return out.toByteArray();
    }

    /** The same archive with another file, of which its manifest speaks truly. */
    private static Map<String, byte[]> with(Map<String, byte[]> files, String name, byte[] content) {
        Map<String, byte[]> changed = new LinkedHashMap<>(files);
        changed.put(name, content);
        manifest(changed, manifest -> {
            manifest.get("files").forEach(file -> {
                if (file.get("name").asString().equals(name)) {
                    ((ObjectNode) file).put("bytes", content.length).put("sha256", HexFormat.of().formatHex(ArchiveWriter.sha256().digest(content)));
                }
            });
            return manifest;
        });
        return changed;
    }

    private static void manifest(Map<String, byte[]> files, UnaryOperator<ObjectNode> change) {
        files.put("manifest.json", JSON.writeValueAsBytes(change.apply((ObjectNode) JSON.readTree(files.getOrDefault("manifest.json", new byte[0])))));
    }

    private static String fresh(String row) {
        return row.replaceFirst("\"id\":\"[^\"]+\"", "\"id\":\"" + java.util.UUID.randomUUID() + "\"");
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    private byte[] export(TestPerson person) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + environment.getRequiredProperty("local.server.port") + "/api/user/export"))
                        .header("Authorization", "Bearer " + person.accessToken()).build(),
                HttpResponse.BodyHandlers.ofByteArray()).body();
    }

    static TestAnswer send(TestPerson person, byte[] archive) {
        return person.api().send("POST", "/api/user/import", HttpRequest.BodyPublishers.ofByteArray(archive), "application/zip");
    }
}
