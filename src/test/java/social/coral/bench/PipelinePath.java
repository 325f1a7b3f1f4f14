package social.coral.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import social.coral.agents.Chains;
import social.coral.usage.PriceList;

/**
 * From collecting to a thread in review, each agent started by the end of the one before: how long that takes, and what a thread costs at
 * list prices, with a model and without any.
 */
final class PipelinePath {

    static final int TENANTS = 7;

    private static final List<String> HANDLES = List.of("reef_notes", "kernel_kettle", "tor_und_taktik", "orbit_daily");
    private static final int TIMES = 3;
    private static final String MODELS = "own_server";

    private final Product product;
    private final Connection database;
    private final List<String> tokens;
    private final PriceList prices;

    private PipelinePath(Product product, Connection database, List<String> tokens, PriceList prices) {
        this.product = product;
        this.database = database;
        this.tokens = tokens;
        this.prices = prices;
    }

    /**
     * The product takes a provider at a private address for a server of the operator's own, whose price is what the operator's list says: that of
     * the model at its provider.
     */
    static void price(Path data) throws IOException {
        Files.createDirectories(data);
        Path own = data.resolve(PriceList.FILE);
        Files.writeString(own, "service,model,unit,usd,per,valid_from,source,over\n" + PriceList.of(own).valid(Instant.now()).stream()
                .filter(line -> line.service().equals("openai") && line.model().equals(PipelineModel.MODEL))
                .map(line -> String.join(",", MODELS, line.model(), line.unit(), line.usd().toPlainString(), Long.toString(line.per()),
                        line.validFrom().toString(), line.source(), line.over() == 0 ? "" : Integer.toString(line.over())))
                .collect(Collectors.joining("\n")));
    }

    static void measure(Product product, Connection database, List<String> tokens, Path data, Report report) throws IOException, SQLException {
        PipelinePath path = new PipelinePath(product, database, tokens, PriceList.of(data.resolve(PriceList.FILE)));
        path.thread(0, true); // the first one loads classes
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int time = 0; time < TIMES; time++) {
            with.add(path.thread(1 + time, true));
            without.add(path.thread(1 + TIMES + time, false));
        }
        report.costs("Pipeline: what one thread costs at list prices, %s by default and Perplexity for research".formatted(PipelineModel.MODEL));
        path.costs("", 1, report);
        path.costs("without a model's key, ", 1 + TIMES, report);
        report.note("From the start of collecting to the first thread in review: %.1f s with a model that answers at once, %.1f s without a model's key (medians of %d)."
                .formatted(median(with), median(without), TIMES));
        report.note("A run of each agent made %s with a model and %s without one, of the newest posts of %d accounts; all that it cost is shared among them. The model is a stand-in that"
                .formatted(path.threads(1), path.threads(1 + TIMES), HANDLES.size())
                + " answers as long as the prompts ask and counts a token for four characters; in research it has read five pages of 1,024 tokens."
                + " Posts are read from the sandbox and priced as X's.");
    }

    /** Lets the pipeline run and returns how long it was until a thread was in review, in seconds. */
    private double thread(int tenant, boolean withModel) throws IOException, SQLException {
        Tenants.liftLimit(database, tenant);
        change("insert into public.x_accounts (user_id, username) select ?, unnest(?)", tenant, HANDLES);
        for (Map.Entry<String, String> chain : Chains.NEXT.entrySet()) {
            change("insert into public.agent_chains (user_id, agent, next) select ?, names[1], names[2] from (select cast(? as text[])) as chain (names)",
                    tenant, List.of(chain.getKey(), chain.getValue()));
        }
        try (KeepAlive api = new KeepAlive(product.port)) {
            key(api, tenant, "twitter_bearer", "sandbox-bench-" + UUID.randomUUID());
            if (withModel) {
                key(api, tenant, "openai", "sk-0123456789abcdef0123456789");
                key(api, tenant, "perplexity", "pplx-0123456789abcdef0123456789abcdef");
            }
            api.ask(KeepAlive.post("/api/agents/tweet-scraping/run", tokens.get(tenant), "application/json", ""));
        }
        Awaitility.await("a thread in review").atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20))
                .until(() -> number("select count(*) from public.tweet_threads where user_id = ? and status = 'in_review'", tenant) > 0);
        double seconds = number("select extract(epoch from clock_timestamp() - min(started_at)) from public.agent_runs where user_id = ?", tenant);
        Awaitility.await("the end of the pipeline").atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50))
                .until(() -> number("select count(*) from public.agent_runs where user_id = ? and status = 'succeeded'", tenant) == 1 + Chains.NEXT.size());
        return seconds;
    }

    private void key(KeepAlive api, int tenant, String service, String key) throws IOException {
        api.ask(KeepAlive.post("/api/user/api-keys", tokens.get(tenant), "application/json",
                "{\"service_name\":\"" + service + "\",\"api_key\":\"" + key + "\"}"));
    }

    private String threads(int tenant) throws SQLException {
        int threads = (int) number("select count(*) from public.tweet_threads where user_id = ?", tenant);
        return threads + (threads == 1 ? " thread" : " threads");
    }

    private void costs(String how, int tenant, Report report) throws SQLException {
        double threads = number("select count(*) from public.tweet_threads where user_id = ?", tenant);
        double reads = 0;
        double answers = 0;
        try (PreparedStatement statement = database.prepareStatement("""
                select agent, service_name, unit, sum(calls), sum(units), sum(input_tokens), sum(output_tokens), sum(cost_micro_usd) from public.usage_days
                where user_id = ? group by agent, service_name, unit order by array_position(?, agent), service_name, unit
                """)) {
            statement.setObject(1, Tenants.id(tenant));
            statement.setArray(2, database.createArrayOf("text", order().toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    boolean isRead = rows.getString(2).equals("sandbox");
                    double usd = isRead ? rows.getLong(5) * usd(rows.getString(3)) : rows.getLong(8) / 1e6;
                    reads += isRead ? usd : 0;
                    answers += isRead ? 0 : usd;
                    String of = isRead ? ", %,d reads of a %s at X".formatted(rows.getLong(5), rows.getString(3))
                            : rows.getString(2).equals(MODELS) ? "" : ", " + rows.getString(2);
                    report.cost(how + rows.getString(1) + of, rows.getLong(4) / threads, rows.getLong(6) / threads, rows.getLong(7) / threads, usd / threads);
                }
            }
        }
        report.cost(how + "reads of X in all", 0, 0, 0, reads / threads);
        report.cost(how + "models in all", 0, 0, 0, answers / threads);
    }

    /** The agents of the pipeline, each behind the one that starts it. */
    private static List<String> order() {
        List<String> order = new ArrayList<>(List.of("tweet-scraping"));
        while (Chains.NEXT.containsKey(order.getLast())) {
            order.add(Chains.NEXT.get(order.getLast()));
        }
        return order;
    }

    private double usd(String unit) {
        return prices.valid(Instant.now()).stream().filter(line -> line.service().equals("x") && line.unit().equals(unit))
                .map(line -> line.usd().divide(BigDecimal.valueOf(line.per()))).findFirst().orElseThrow().doubleValue();
    }

    private void change(String statement, int tenant, List<String> values) throws SQLException {
        try (PreparedStatement prepared = database.prepareStatement(statement)) {
            prepared.setObject(1, Tenants.id(tenant));
            prepared.setArray(2, database.createArrayOf("text", values.toArray()));
            prepared.executeUpdate();
        }
    }

    private double number(String query, int tenant) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(query)) {
            statement.setObject(1, Tenants.id(tenant));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getDouble(1);
            }
        }
    }

    private static double median(List<Double> seconds) {
        return seconds.stream().sorted().toList().get(seconds.size() / 2);
    }

    /** How long a demo takes from the start of its process to the first thread in review, and to being ready, in seconds. */
    static void demo(Path folder, Report report) throws IOException, SQLException {
        try (Product demo = new Product(folder, Map.of("CORAL_DEMO", "true"))) {
            long start = System.nanoTime();
            Duration ready = demo.start();
            try (Connection database = demo.database(); Statement statement = database.createStatement()) {
                Awaitility.await("a thread of the demo").atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(50)).until(() -> {
                    try (ResultSet rows = statement.executeQuery("select exists (select 1 from public.tweet_threads where status = 'in_review')")) {
                        return rows.next() && rows.getBoolean(1);
                    }
                });
            }
            report.note("A demo in an empty folder: %.1f s from the start of the process to the first thread in review, of which %.1f s until it was ready."
                    .formatted((System.nanoTime() - start) / 1e9, ready.toMillis() / 1e3));
        }
    }
}
