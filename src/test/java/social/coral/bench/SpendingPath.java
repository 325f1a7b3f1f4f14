package social.coral.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import social.coral.tenancy.RoundTrips;
import social.coral.tenancy.Tenant;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Meter;
import social.coral.usage.OpenCall;
import social.coral.usage.SpendingProcess;

/** One tenant whose calls are reserved and settled one after the other: by pgbench with the product's two statements, and by the product's meter. */
final class SpendingPath {

    private static final int CLIENTS = 4;
    private static final int ROUNDS = 5;
    private static final Duration SLICE = Duration.ofSeconds(3);
    private static final String ID = Tenants.ID_PREFIX + Tenants.FIRST;
    private static final Call CALL = new Call("x", "GET /2/tweets", "post");
    private static final String DIRECT = "reserve and settle a call of one tenant, pgbench";
    private static final String OURS = "the same by the meter";

    private static final String SCRIPT = """
            select reservation from usage.reserve('%1$s', '{"service_name":"x","endpoint":"GET /2/tweets","unit":"post","agent":""}', 500000, interval '1 hour') \\gset
            select usage.settle('%1$s', :reservation, '{"service_name":"x","endpoint":"GET /2/tweets","unit":"post","agent":"","units":3,"input_tokens":0,"cached_tokens":0,"output_tokens":0,"reasoning_tokens":0,"cost_micro_usd":15000,"price_id":"x","status":"ok","response_time_ms":1}');
            """.formatted(ID);

    private SpendingPath() {}

    static void measure(Product product, Connection database, Report report) throws IOException, SQLException {
        if (!Pgbench.isInstalled()) {
            report.note("Spending was not measured: there is no pgbench.");
            return;
        }
        Tenants.liftLimit(database, 0);
        try (HikariDataSource pool = product.pool("coral_meter", CLIENTS)) {
            Meter meter = SpendingProcess.meter(pool);
            Rounds rounds = new Rounds()
                    .with(DIRECT, new Pgbench(product.databasePort(), Product.DATABASE, CLIENTS).as("coral_meter", product.rolePassword, SCRIPT))
                    .with(OURS, time -> perSecond(meter, time));
            rounds.measure(ROUNDS, SLICE);
            report.heading("Spending");
            report.row(DIRECT, rounds.median(DIRECT), "");
            report.row(OURS, rounds.median(OURS), Report.share(rounds.ratio(OURS, DIRECT), "pgbench"));
            report.note("A reservation and its settlement wait for PostgreSQL %d times in all.".formatted(roundTrips(meter)));
        }
    }

    private static int roundTrips(Meter meter) {
        try {
            return new Tenant(Tenants.id(0)).call(() -> RoundTrips.of("service_name", () -> spend(meter)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean spend(Meter meter) {
        OpenCall call = meter.open(CALL, Amount.units(100), new Meter.Reason("", null, null));
        call.settle(Call.Outcome.OK, Amount.units(3), Duration.ofMillis(1));
        return true;
    }

    private static double perSecond(Meter meter, Duration time) {
        Tenant tenant = new Tenant(Tenants.id(0));
        AtomicLong made = new AtomicLong();
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            threads.add(Thread.ofPlatform().start(() -> tenant.run(() -> {
                while (System.nanoTime() - start < time.toNanos()) {
                    spend(meter);
                    made.incrementAndGet();
                }
            })));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return made.get() * 1e9 / (System.nanoTime() - start);
    }
}
