package social.coral.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.installation.CoralProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An export that is much larger than the memory of the process that makes it. {@code -Dcoral.test.export-rows=1000000} for more. */
class ExportMemoryTest {

    private static final int ROWS = Integer.getInteger("coral.test.export-rows", 200_000);
    private static final int HEAP_MEGABYTES = 96;
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aTenantOfManyRowsLeavesThroughASmallHeap() throws Exception {
        Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-Xmx" + HEAP_MEGABYTES + "m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError");
        try (CoralProcess product = CoralProcess.start(folder.resolve("data"), environment)) {
            String address = product.awaitAddress();
            JsonNode session = signUp(address);
            long unpacked = fill(product, UUID.fromString(session.at("/user/id").stringValue()));
            long before = peak(product);
            Instant start = Instant.now();

            long rows = export(address, session.get("access_token").stringValue());

            System.out.printf("%d rows, %d MB of text, in %d ms; heap of at most %d MB, process at its peak %d MB, %d MB before%n",
                    ROWS, unpacked >> 20, Duration.between(start, Instant.now()).toMillis(), HEAP_MEGABYTES, peak(product), before);
            assertThat(rows).isEqualTo(ROWS);
            assertThat(unpacked >> 20).as("MB of text, of which a heap of %s MB has no room for half", HEAP_MEGABYTES).isGreaterThan(HEAP_MEGABYTES / 2);
        }
    }

    private JsonNode signUp(String address) throws Exception {
        String body = JSON.writeValueAsString(Map.of("email", UUID.randomUUID() + "@example.org", "password", "violet harbour lantern 42"));
        return JSON.readTree(client.send(
                HttpRequest.newBuilder(URI.create(address + "/auth/v1/signup")).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString()).body());
    }

    /** As the owner of the database, for this one tenant; gives the length of all texts. */
    private static long fill(CoralProcess product, UUID tenant) throws Exception {
        try (Connection owner = product.database().connectAsOwner()) {
            owner.setAutoCommit(false);
            try (PreparedStatement claims = owner.prepareStatement("select set_config('request.jwt.claims', ?, true)")) {
                claims.setString(1, "{\"sub\":\"" + tenant + "\"}");
                claims.execute();
            }
            try (PreparedStatement insert = owner.prepareStatement("""
                    insert into public.tweets_cache (network, tweet_id, author, content, source, created_at)
                    select 'x', n::text, 'reef', repeat(md5(n::text) || ' ', 8), 'imported', now() from generate_series(1, ?) n
                    """)) {
                insert.setInt(1, ROWS);
                insert.execute();
            }
            owner.commit();
        }
        return ROWS * 264L;
    }

    /** Reads the archive as it comes and counts the lines of its largest table. */
    private long export(String address, String token) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(
                HttpRequest.newBuilder(URI.create(address + "/api/user/export")).header("Authorization", "Bearer " + token).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        long lines = 0;
        boolean whole = false;
        try (ZipInputStream zip = new ZipInputStream(answer.body())) {
            byte[] buffer = new byte[1 << 16];
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                whole = entry.getName().equals("manifest.json");
                for (int count = zip.read(buffer); count >= 0; count = zip.read(buffer)) {
                    for (int i = 0; i < count && entry.getName().endsWith("tweets_cache.ndjson"); i++) {
                        lines += buffer[i] == '\n' ? 1 : 0;
                    }
                }
            }
        }
        assertThat(whole).as("the manifest came last").isTrue();
        return lines;
    }

    /** The most memory that the process ever had, in MB. */
    private static long peak(CoralProcess product) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + product.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst().orElseThrow();
    }
}
