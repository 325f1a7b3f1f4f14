package social.coral.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.installation.CoralProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Kills the process of an erasure while it deletes rows. */
class KilledErasureTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ROWS = 150_000;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void theNextProcessFinishesWhatTheKilledOneBegan() throws Exception {
        UUID id;
        try (CoralProcess first = CoralProcess.start(folder.resolve("data"), Map.of())) {
            String address = first.awaitAddress();
            JsonNode session = send("POST", address + "/auth/v1/signup", null,
                    Map.of("email", UUID.randomUUID() + "@example.org", "password", "violet harbour lantern 42"));
            id = UUID.fromString(session.at("/user/id").stringValue());
            fill(first, id);
            send("DELETE", address + "/api/user", session.get("access_token").stringValue(), Map.of("waive_grace", true));
            long before = Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofMinutes(1))
                    .until(() -> removed(first), count -> count > 0);
            first.kill();
            assertThat(before).as("rows that were gone when it was killed").isLessThan(ROWS);
        }
        try (CoralProcess second = CoralProcess.start(folder.resolve("data"), Map.of())) {
            second.awaitAddress();
            Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() ->
                    assertThat(Search.tablesThatHold(second.database(), id, id.toString())).isEmpty());
            assertThat(removed(second)).as("rows of both processes").isEqualTo(ROWS);
        }
    }

    private JsonNode send(String method, String address, @Nullable String token, Map<String, ?> body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return JSON.readTree(answer.body());
    }

    private static void fill(CoralProcess product, UUID tenant) throws Exception {
        try (Connection owner = product.database().connectAsOwner();
                PreparedStatement claims = owner.prepareStatement("select set_config('request.jwt.claims', ?, false)");
                PreparedStatement insert = owner.prepareStatement("""
                        insert into public.tweets_cache (network, tweet_id, author, content, source, created_at)
                        select 'x', n::text, 'reef', md5(n::text), 'imported', now() from generate_series(1, ?) n
                        """)) {
            claims.setString(1, "{\"sub\":\"" + tenant + "\"}");
            claims.execute();
            insert.setInt(1, ROWS);
            insert.execute();
        }
    }

    /** How many posts the certificate counts so far. */
    private static long removed(CoralProcess product) throws Exception {
        try (Connection owner = product.database().connectAsOwner();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(max((removed ->> 'public.tweets_cache')::bigint), 0) from tenancy.erasures")) {
            row.next();
            return row.getLong(1);
        }
    }
}
