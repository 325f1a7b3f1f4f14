package social.coral.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Posts that the {@code tweet-scraping} agent stores from the sandbox, beside what the sandbox serves to a client that asks
 * the same and stores nothing. Each tenant has a key of its own, so nobody's rate limit is spent.
 */
final class CollectingPath {

    private static final List<String> HANDLES = List.of("reef_notes", "kernel_kettle", "tor_und_taktik", "orbit_daily",
            "opening_bell_em", "slow_kitchen", "night_trains", "densha_techo");
    private static final int MANY = 50;
    /** About as many calls as the product makes at once of the sandbox, which answers at once. */
    private static final int CALLS = 16;

    private static final String ONE_BARE = "a bare client reads the sandbox, one call at a time";
    private static final String ONE = "the agent collects for one tenant";
    private static final String MANY_BARE = "a bare client reads the sandbox, " + CALLS + " calls at a time";
    private static final String ALL = "the agent collects for " + MANY + " tenants at once";

    private final Product product;
    private final List<String> tokens;
    private final Connection database;
    private int used;

    private CollectingPath(Product product, List<String> tokens, Connection database) {
        this.product = product;
        this.tokens = tokens;
        this.database = database;
    }

    static void measure(Product product, List<String> tokens, Connection database, Report report) {
        CollectingPath path = new CollectingPath(product, tokens, database);
        Rounds one = new Rounds().with(ONE, time -> path.collect(1)).with(ONE_BARE, time -> path.read(1, 1));
        Rounds many = new Rounds().with(ALL, time -> path.collect(MANY)).with(MANY_BARE, time -> path.read(CALLS, MANY));
        many.measure(4, Duration.ZERO);
        one.measure(7, Duration.ZERO);
        report.heading("Collecting: the newest 100 posts of each of " + HANDLES.size() + " accounts from the sandbox, in the same process");
        report.row(ONE_BARE, one.median(ONE_BARE), "");
        report.row(ONE, one.median(ONE), Report.share(one.ratio(ONE, ONE_BARE), "the bare client"));
        report.row(MANY_BARE, many.median(MANY_BARE), "");
        report.row(ALL, many.median(ALL), Report.share(many.ratio(ALL, MANY_BARE), "the bare client"));
    }

    /** Posts a second that runs for so many tenants store, from the first one's start to the last one's end. */
    private double collect(int count) {
        List<Integer> tenants = IntStream.range(used, used + count).boxed().toList();
        used += count;
        try (KeepAlive api = new KeepAlive(product.port)) {
            for (int tenant : tenants) {
                follow(tenant);
                api.ask(KeepAlive.post("/api/user/api-keys", tokens.get(tenant), "application/json",
                        "{\"service_name\":\"twitter_bearer\",\"api_key\":\"sandbox-bench-" + UUID.randomUUID() + "\"}"));
            }
            for (int tenant : tenants) {
                api.ask(KeepAlive.post("/api/agents/tweet-scraping/run", tokens.get(tenant), "application/json", ""));
            }
            UUID[] ids = tenants.stream().map(Tenants::id).toArray(UUID[]::new);
            Awaitility.await("the runs").atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50)).until(() -> areOver(ids));
            return postsPerSecond(ids);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void follow(int tenant) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(
                "insert into public.x_accounts (user_id, username) select ?, unnest(?)")) {
            statement.setObject(1, Tenants.id(tenant));
            statement.setArray(2, database.createArrayOf("text", HANDLES.toArray()));
            statement.executeUpdate();
        }
    }

    private boolean areOver(UUID[] tenants) throws SQLException {
        return tenants.length
                == number("select count(*) from public.agent_runs where finished_at is not null and user_id = any(?)", tenants);
    }

    private double postsPerSecond(UUID[] tenants) throws SQLException {
        double posts = number("select count(*) from public.tweets_cache where user_id = any(?)", tenants);
        if (posts != 100.0 * HANDLES.size() * tenants.length) {
            throw new IllegalStateException("the agents collected " + posts + " posts");
        }
        return posts / number("""
                select extract(epoch from max(finished_at) - min(started_at)) from public.agent_runs where user_id = any(?)
                """, tenants);
    }

    private double number(String query, UUID[] tenants) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(query)) {
            statement.setArray(1, database.createArrayOf("uuid", tenants));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getDouble(1);
            }
        }
    }

    private double read(int atOnce, int tenants) {
        return new SandboxReader(product.sandboxPort, HANDLES).postsPerSecond(atOnce, tenants);
    }
}
