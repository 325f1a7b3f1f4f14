package social.coral.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import social.coral.networks.TestNetwork;

/** How long a run waits to begin, and to end, while nobody else works and while X answers two hundred tenants in ten seconds. */
final class WaitingPath {

    static final Duration SLOWNESS = Duration.ofSeconds(10);

    private static final int SLOW = 200;
    private static final int ACCOUNTS = 5;
    private static final int OTHERS = 30;

    private final List<String> tokens;
    private final Connection database;
    private final KeepAlive api;
    /** From the last of the tenants on: the other measurements take the first. */
    private int next = Tenants.COUNT;

    private WaitingPath(List<String> tokens, Connection database, KeepAlive api) {
        this.tokens = tokens;
        this.database = database;
        this.api = api;
    }

    static void measure(Product product, List<String> tokens, Connection database, TestNetwork network, Report report)
            throws IOException, SQLException {
        try (KeepAlive api = new KeepAlive(product.port)) {
            WaitingPath path = new WaitingPath(tokens, database, api);
            path.runOfAnother(); // the first one loads classes
            List<Waited> quiet = path.runsOfOthers();
            for (int tenant : path.tenants(SLOW)) {
                path.begin(tenant, ACCOUNTS, TestNetwork.SLOW_KEY);
            }
            Awaitility.await("the slow runs").atMost(Duration.ofMinutes(1)).until(() -> network.asked() >= SLOW);
            List<Waited> beside = path.runsOfOthers();
            report.note("A run of one account whose X answers at once, in ms from queued to started and to done, median and longest of %d: quiet %s; beside %d tenants whose X answers in %d s: %s."
                    .formatted(OTHERS, words(quiet), SLOW, SLOWNESS.toSeconds(), words(beside)));
        }
    }

    private record Waited(double toBegin, double toEnd) {}

    private static String words(List<Waited> all) {
        double[] begin = all.stream().mapToDouble(Waited::toBegin).sorted().toArray();
        double[] end = all.stream().mapToDouble(Waited::toEnd).sorted().toArray();
        return "%.0f and %.0f to begin, %.0f and %.0f to end".formatted(
                begin[begin.length / 2], begin[begin.length - 1], end[end.length / 2], end[end.length - 1]);
    }

    private List<Integer> tenants(int count) {
        next -= count;
        return IntStream.range(next, next + count).boxed().toList();
    }

    private List<Waited> runsOfOthers() throws IOException, SQLException {
        List<Waited> all = new ArrayList<>();
        for (int run = 0; run < OTHERS; run++) {
            all.add(runOfAnother());
        }
        return all;
    }

    private Waited runOfAnother() throws IOException, SQLException {
        int tenant = tenants(1).getFirst();
        begin(tenant, 1, TestNetwork.QUICK_KEY);
        Awaitility.await("a run").atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(20))
                .until(() -> figure(tenant, "count(*) filter (where status = 'succeeded')") == 1);
        return new Waited(1e3 * figure(tenant, "extract(epoch from max(started_at - queued_at))"),
                1e3 * figure(tenant, "extract(epoch from max(finished_at - queued_at))"));
    }

    private void begin(int tenant, int accounts, String key) throws IOException, SQLException {
        try (PreparedStatement statement = database.prepareStatement(
                "insert into public.x_accounts (user_id, username) select ?, 'account_' || n from generate_series(1, ?) n")) {
            statement.setObject(1, Tenants.id(tenant));
            statement.setInt(2, accounts);
            statement.executeUpdate();
        }
        api.ask(KeepAlive.post("/api/user/api-keys", tokens.get(tenant), "application/json",
                "{\"service_name\":\"twitter_bearer\",\"api_key\":\"" + key + "\"}"));
        api.ask(KeepAlive.post("/api/agents/tweet-scraping/run", tokens.get(tenant), "application/json", ""));
    }

    private double figure(int tenant, String of) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement("select " + of + " from public.agent_runs where user_id = ?")) {
            statement.setObject(1, Tenants.id(tenant));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getDouble(1);
            }
        }
    }
}
