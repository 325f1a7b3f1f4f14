package social.coral.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The archive of an account that posted a lot for years: in parts, with long posts, reposts and edits, imported by one tenant. */
final class WholeArchive {

    private static final int POSTS = 300_000;
    private static final int LONG_EVERY = 15;
    private static final int PARTS = 3;
    private static final int REPOSTS = 20_000;
    private static final int LONG_LENGTH = 1_500;
    private static final long FIRST_SECOND = Instant.parse("2015-01-01T00:00:00Z").getEpochSecond();
    private static final long SECONDS_BETWEEN = 1_000;

    private WholeArchive() {}

    static void measure(Product product, String token, int tenant, Connection database, Report report) throws IOException, SQLException {
        Path archive = Files.createTempFile("archive", ".zip");
        try {
            write(archive);
            long start = System.nanoTime();
            JsonNode answer = upload(product, token, archive);
            double seconds = (System.nanoTime() - start) / 1e9;
            check(answer, tenant, database);
            report.heading("A whole archive: %,d posts, %,d of them long, and %,d reposts, in a ZIP of %,d MB".formatted(
                    POSTS, POSTS / LONG_EVERY, REPOSTS, Files.size(archive) >> 20));
            report.row("posts imported in a second", POSTS / seconds, "");
            report.note("It took %.0f s. The product's memory (VmHWM, with its heap of 512 MB) was at most %,d MB.".formatted(seconds, product.peakMegabytes()));
        } finally {
            Files.delete(archive);
        }
    }

    private static void write(Path file) throws IOException {
        Random random = new Random(11);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file)); ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "data/account.js", "window.YTD.account.part0 = [{\"account\": {\"username\": \"ReefKeeper\", \"accountId\": \"42\"}}]");
            StringBuilder notes = new StringBuilder("window.YTD.note_tweet.part0 = [");
            for (int part = 0; part < PARTS; part++) {
                zip.putNextEntry(new ZipEntry(part == 0 ? "data/tweets.js" : "data/tweets-part" + part + ".js"));
                zip.write(("window.YTD.tweets.part" + part + " = [").getBytes(StandardCharsets.UTF_8));
                for (int i = part; i < POSTS; i += PARTS) {
                    zip.write((i == part ? "" : ",").getBytes(StandardCharsets.UTF_8));
                    zip.write(post(i, random, notes).getBytes(StandardCharsets.UTF_8));
                }
                for (int i = part; i < REPOSTS; i += PARTS) {
                    zip.write(("," + tweet(POSTS + i, "RT @someone: " + words(random, 100))).getBytes(StandardCharsets.UTF_8));
                }
                zip.write(']');
                zip.closeEntry();
            }
            put(zip, "data/note-tweet.js", notes.append(']').toString());
        }
    }

    private static String post(int number, Random random, StringBuilder notes) {
        if (number % LONG_EVERY != 0) {
            return tweet(number, words(random, 40 + random.nextInt(200)));
        }
        String whole = words(random, LONG_LENGTH);
        notes.append(notes.charAt(notes.length() - 1) == '[' ? "" : ",").append("{\"noteTweet\": {\"noteTweetId\": \"%d\", \"createdAt\": \"%s\", \"core\": {\"text\": \"%s\", \"urls\": []}}}"
                .formatted(id(number) + 7, time(number), whole));
        return tweet(number, whole.substring(0, 270) + "… https://t.co/AbCdEf1234");
    }

    private static String tweet(int number, String text) {
        return """
                {"tweet": {"edit_info": {"initial": {"editTweetIds": ["%1$d"], "editsRemaining": "5", "isEditEligible": true}}, "retweeted": false,
                 "source": "<a href=\\"https://example.org\\" rel=\\"nofollow\\">web</a>", "favorite_count": "5", "id_str": "%1$d", "truncated": false,
                 "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []}, "display_text_range": ["0", "120"], "favorited": false,
                 "retweet_count": "2", "id": "%1$d", "created_at": "%2$s", "lang": "en", "full_text": "%3$s"}}""".formatted(id(number), time(number), text);
    }

    private static long id(int number) {
        return (Instant.parse(time(number)).toEpochMilli() - 1_288_834_974_657L) << 22;
    }

    private static String time(int number) {
        return Instant.ofEpochSecond(FIRST_SECOND + number * SECONDS_BETWEEN).toString();
    }

    private static String words(Random random, int length) {
        StringBuilder words = new StringBuilder();
        while (words.length() < length) {
            for (int letters = 2 + random.nextInt(7); letters > 0; letters--) {
                words.append((char) ('a' + random.nextInt(26)));
            }
            words.append(' ');
        }
        return words.substring(0, length).strip() + ".";
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static JsonNode upload(Product product, String token, Path archive) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + product.port + "/api/tweets/cache/import"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/zip")
                    .POST(HttpRequest.BodyPublishers.ofFile(archive))
                    .build();
            return new JsonMapper().readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void check(JsonNode answer, int tenant, Connection database) throws SQLException {
        try (PreparedStatement count = database.prepareStatement("select count(*), count(*) filter (where length(content) > 1000) from public.tweets_cache where user_id = ?")) {
            count.setObject(1, Tenants.id(tenant));
            try (ResultSet row = count.executeQuery()) {
                row.next();
                if (answer.path("imported").asInt() != POSTS || answer.path("left_out").path("reposts").asInt() != REPOSTS
                        || row.getInt(1) != POSTS || row.getInt(2) != POSTS / LONG_EVERY) {
                    throw new IllegalStateException("stored %d posts, %d of them long; the import answered %s".formatted(row.getInt(1), row.getInt(2), answer));
                }
            }
        }
    }
}
