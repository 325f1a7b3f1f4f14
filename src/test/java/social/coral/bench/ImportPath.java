package social.coral.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A person's archive of posts, imported over HTTP, beside what PostgreSQL alone takes to write the same rows. */
final class ImportPath {

    private static final int ROWS = 20_000;
    private static final String ALONE = "PostgreSQL alone writes the same rows";
    private static final String IMPORT = "`POST /api/tweets/cache/import` of a `tweets.js`";

    private static final String POST = """
            {"tweet": {"edit_info": {"initial": {"editTweetIds": ["%1$d"], "editsRemaining": "5", "isEditEligible": true}}, "retweeted": false,
             "source": "<a href=\\"https://example.org\\" rel=\\"nofollow\\">web</a>", "favorite_count": "%2$d", "id_str": "%1$d", "truncated": false,
             "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []}, "display_text_range": ["0", "120"], "favorited": false,
             "retweet_count": "2", "id": "%1$d", "created_at": "Tue Oct 01 12:00:00 +0000 2024", "lang": "en",
             "full_text": "Number %1$d: low tide at six, so we walked out to the far rocks and counted anemones \\uD83E\\uDEB8 until our feet went numb."}}""";

    private final Product product;
    private final List<String> tokens;
    private final Connection database;
    private final String archive = "window.YTD.tweets.part0 = ["
            + IntStream.range(0, ROWS)
                    .mapToObj(i -> POST.formatted(1_840_000_000_000_000_000L + i, i % 50))
                    .collect(Collectors.joining(",\n"))
            + "]";
    private int tenant = Tenants.COUNT;

    private ImportPath(Product product, List<String> tokens, Connection database) {
        this.product = product;
        this.tokens = tokens;
        this.database = database;
    }

    static void measure(Product product, List<String> tokens, Connection database, Report report) {
        ImportPath path = new ImportPath(product, tokens, database);
        Rounds rounds = new Rounds().with(IMPORT, time -> path.upload()).with(ALONE, time -> path.copy());
        rounds.measure(2, Duration.ZERO);
        report.heading("Importing: %,d posts of an archive, %,d MB".formatted(ROWS, path.archive.length() >> 20));
        report.row(ALONE, rounds.median(ALONE), "");
        report.row(IMPORT, rounds.median(IMPORT), Report.share(rounds.ratio(IMPORT, ALONE), "PostgreSQL alone"));
    }

    private double upload() {
        tenant--;
        byte[] request = KeepAlive.post(
                "/api/tweets/cache/import?author=reefkeeper", tokens.get(tenant), "application/javascript", archive);
        long start = System.nanoTime();
        try (KeepAlive api = new KeepAlive(product.port)) {
            api.ask(request);
            if (!api.text().contains("\"imported\":" + ROWS)) {
                throw new IllegalStateException("the import answered " + api.text());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return ROWS / ((System.nanoTime() - start) / 1e9);
    }

    /** Copies the rows of the tenant that has just imported them to the next one. */
    private double copy() {
        long start = System.nanoTime();
        try (PreparedStatement statement = database.prepareStatement("""
                insert into public.tweets_cache
                  (user_id, network, tweet_id, author, content, lang, likes, retweets, replies, source, created_at)
                select ?, network, tweet_id, author, content, lang, likes, retweets, replies, source, created_at
                from public.tweets_cache where user_id = ?
                """)) {
            statement.setObject(2, Tenants.id(tenant));
            tenant--;
            statement.setObject(1, Tenants.id(tenant));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return ROWS / ((System.nanoTime() - start) / 1e9);
    }
}
