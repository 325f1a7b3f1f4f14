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

/**
 * How long a run waits to begin and to end, and an erasure to be done, while nobody else works, while one tenant has ten thousand jobs
 * due, and while X answers two hundred tenants in ten seconds.
 */
final class WaitingPath {

    static final Duration SLOWNESS = Duration.ofSeconds(10);

    private static final int SLOW = 200;
    private static final int ACCOUNTS = 5;
    private static final int OTHERS = 30;
    private static final int JOBS = 10_000;

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
            double quietErasure = path.erasure();
            int hog = path.tenants(1).getFirst();
            path.jobsOf(hog);
            List<Waited> besideJobs = path.runsOfOthers();
            double left = path.number("select count(*) from jobs.scheduled_tasks where task_instance like ?", Tenants.id(hog) + "/%");
            path.number("with gone as (delete from jobs.scheduled_tasks where task_instance like ? returning 1) select count(*) from gone", Tenants.id(hog) + "/%");
            for (int tenant : path.tenants(SLOW)) {
                path.begin(tenant, ACCOUNTS, TestNetwork.SLOW_KEY);
            }
            Awaitility.await("the slow runs").atMost(Duration.ofMinutes(1)).until(() -> network.asked() >= SLOW);
            double besideErasure = path.erasure();
            List<Waited> beside = path.runsOfOthers();
            report.note("A run of one account whose X answers at once, in ms from queued to started and to done, median and longest of %d: quiet %s; beside a tenant with %d jobs due, of which %.0f are left, %s; beside %d tenants whose X answers in %d s: %s."
                    .formatted(OTHERS, words(quiet), JOBS, left, words(besideJobs), SLOW, SLOWNESS.toSeconds(), words(beside)));
            report.note("An erasure of a person with %d posts, in ms from asked to done: quiet %.0f; beside these %d tenants %.0f.".formatted(Tenants.ROWS, quietErasure, SLOW, besideErasure));
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

    private double erasure() throws SQLException {
        String tenant = Tenants.id(tenants(1).getFirst()).toString();
        long asked = System.nanoTime();
        number("select count(auth.ask_erasure(cast(? as uuid), now()))", tenant);
        Awaitility.await("an erasure").atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(20))
                .until(() -> number("select count(*) from auth.users where id = cast(? as uuid)", tenant) == 0);
        return (System.nanoTime() - asked) / 1e6;
    }

    /** Jobs of runs that are there no more: each takes its turn and is over. */
    private void jobsOf(int tenant) throws SQLException {
        number("""
                with put as (
                  insert into jobs.scheduled_tasks (task_name, task_instance, execution_time)
                  select 'agent-run', ? || '/' || gen_random_uuid(), now() - interval '1 hour' from generate_series(1, %d) returning *)
                select count(jobs.stand_in_line(task_name, line, execution_time)) from put
                """.formatted(JOBS), Tenants.id(tenant).toString());
    }

    private double number(String query, String of) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(query)) {
            statement.setString(1, of);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getDouble(1);
            }
        }
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
