package social.coral.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The newest fifty posts of one of a thousand tenants: straight from PostgreSQL, from the product, from a Node server. */
final class ReadPath {

    private static final int CLIENTS = 12;
    private static final String PATH = "/api/tweets?limit=50";
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final int ROUNDS = 5;
    private static final Duration SLICE = Duration.ofSeconds(3);

    private static final String TENANT = "\\set person random(%d, %d)\n".formatted(Tenants.FIRST, Tenants.FIRST + Tenants.COUNT - 1);
    private static final String READ = """
            select * from public.tweets where user_id = ('%s' || :person)::uuid order by created_at desc, id limit 50;
            """.formatted(Tenants.ID_PREFIX);
    private static final String CLAIM = """
            select set_config('request.jwt.claims', '{"sub":"%1$s' || :person || '","role":"authenticated"}', true),
              set_config('coral.claims_signature', (select signature from bench.signatures where id = ('%1$s' || :person)::uuid), true);
            """.replace("\n  ", " ").formatted(Tenants.ID_PREFIX);

    private static final String DIRECT = "the query directly, no policy";
    private static final String PIPELINED = "under the policy, claims and query in one trip";
    private static final String UNSIGNED = "the same with claims that nobody signed";
    private static final String CLASSIC = "under the policy: begin, claims, query, commit";
    private static final String OURS = "`GET /api/tweets?limit=50`";
    private static final String NODE = "the same request in Node (Fastify, pg): begin, claims, query, commit";

    private final Product product;
    private final List<byte[]> requests;
    private final List<Double> clientMicros = new ArrayList<>();
    private final Rounds rounds = new Rounds();

    private ReadPath(Product product, List<String> tokens) {
        this.product = product;
        this.requests = tokens.stream().map(token -> KeepAlive.get(PATH, token)).toList();
    }

    static void measure(Product product, List<String> tokens, @Nullable NodeServer node, Report report) throws IOException, SQLException {
        ReadPath path = new ReadPath(product, tokens);
        Load.on(product.port, CLIENTS, WARM_UP, path.requests);
        path.addDatabase();
        path.rounds.with(OURS, time -> path.load(product.port, time));
        if (node != null) {
            path.checkSame(node.port);
            path.rounds.with(NODE, time -> path.load(node.port, time));
        }
        path.rounds.measure(ROUNDS, SLICE);
        path.report(report);
    }

    private void addDatabase() throws IOException, SQLException {
        String superuser = product.databasePassword();
        if (Pgbench.isInstalled()) {
            Pgbench pgbench = new Pgbench(product.databasePort(), Product.DATABASE, CLIENTS);
            Rounds.Way pipelined = pgbench.as("coral_tenant", product.rolePassword,
                    TENANT + "\\startpipeline\n" + CLAIM + READ + "\\endpipeline\n");
            rounds.with(DIRECT, pgbench.as("postgres", superuser, TENANT + READ))
                    .with(PIPELINED, pipelined)
                    .with(UNSIGNED, new ClaimSignatures(product).unsigned(pipelined))
                    .with(CLASSIC, pgbench.as("coral_tenant", product.rolePassword,
                            TENANT + "begin;\n" + CLAIM + READ + "commit;\n"));
        } else {
            DirectJdbc jdbc = new DirectJdbc(product, CLIENTS);
            rounds.with(DIRECT, jdbc::perSecond);
        }
    }

    private double load(int port, Duration time) {
        Load load = Load.on(port, CLIENTS, time, requests);
        clientMicros.add(load.clientMicros());
        return load.perSecond();
    }

    /** Two servers that answer differently cannot be compared. */
    private void checkSame(int port) throws IOException {
        for (byte[] request : requests.subList(0, 20)) {
            JsonNode ours = posts(product.port, request);
            if (ours.size() != 50 || !ours.equals(posts(port, request))) {
                throw new IllegalStateException("the product and the Node server do not answer alike");
            }
        }
    }

    private static JsonNode posts(int port, byte[] request) throws IOException {
        try (KeepAlive connection = new KeepAlive(port)) {
            connection.ask(request);
            return new JsonMapper().readTree(connection.text()).get("tweets");
        }
    }

    private void report(Report report) {
        boolean pgbench = Pgbench.isInstalled();
        String tool = pgbench ? "pgbench, " : "JDBC (pgbench is not installed), ";
        report.heading("Reading: the newest 50 posts of one of %,d tenants with %d each, %d clients at once".formatted(
                Tenants.COUNT, Tenants.ROWS, CLIENTS));
        report.row(tool + DIRECT, rounds.median(DIRECT), "");
        if (pgbench) {
            report.row(tool + PIPELINED, rounds.median(PIPELINED), Report.share(rounds.ratio(PIPELINED, DIRECT), "the direct query"));
            report.row(tool + UNSIGNED, rounds.median(UNSIGNED),
                    Report.share(rounds.ratio(UNSIGNED, DIRECT), "the direct query"));
            report.row(tool + CLASSIC, rounds.median(CLASSIC), Report.share(rounds.ratio(CLASSIC, DIRECT), "the direct query"));
        }
        report.row(OURS, rounds.median(OURS), Report.share(rounds.ratio(OURS, DIRECT), "the direct query"));
        if (rounds.has(NODE)) {
            report.row(NODE, rounds.median(NODE), Report.share(rounds.ratio(NODE, OURS), "ours"));
        }
        report.note("The HTTP client shares the machine and spends %.0f µs of processor time on an answer.".formatted(
                clientMicros.stream().mapToDouble(Double::doubleValue).average().orElse(0)));
        if (pgbench) {
            report.note("Signed claims leave %.2f of what the same trip does with unsigned ones.".formatted(rounds.ratio(PIPELINED, UNSIGNED)));
        } else {
            report.note("pgbench is missing, so the measure is a loop over JDBC, which is slower; "
                    + "on Debian: apt-get install postgresql-contrib.");
        }
        if (!rounds.has(NODE)) {
            report.note("Node is not compared with: node and npm are missing; on Debian: apt-get install nodejs npm.");
        }
    }
}
