package social.coral.bench;

import com.sun.management.ThreadMXBean;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import social.coral.models.MeteredModel;
import social.coral.tenancy.RoundTrips;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TestDoors;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Meter;
import social.coral.usage.SpendingProcess;

/**
 * What a call of a model adds to the provider's own answer. In turn a bare client sends a stand-in the same bytes and takes the answer, the
 * model port calls with reservation and settlement, and the meter reserves and settles alone; so whatever else the machine does hits all alike.
 */
final class ModelPath {

    private static final int WARM = 300;
    private static final Call CALL = new Call("anthropic", "POST /v1/messages", "claude-sonnet-5-5", "");
    /** Of all threads: the port sends and reads on a thread of its own. What the stand-in allocates is the same each time. */
    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Meter meter;
    private final TenantDoor door;
    private final Report report;

    private ModelPath(Meter meter, TenantDoor door, Report report) {
        this.meter = meter;
        this.door = door;
        this.report = report;
    }

    static void measure(Product product, Connection database, Report report) throws IOException, SQLException {
        Tenants.liftLimit(database, 0);
        try (HikariDataSource spending = product.pool("coral_meter", 4); HikariDataSource tenants = product.pool("coral_tenant", 4)) {
            ModelPath path = new ModelPath(SpendingProcess.meter(spending), TestDoors.of(tenants, database), report);
            report.models("Models");
            new Tenant(Tenants.id(0)).run(() -> {
                path.measure("100 characters, at once", 100, Duration.ZERO, 500);
                path.measure("200,000 characters, at once", 200_000, Duration.ZERO, 300);
                path.measure("100 characters, after 1 s", 100, Duration.ofSeconds(1), 20);
            });
        }
    }

    /** How long one took, and how much was allocated meanwhile. */
    private record Taken(double millis, double bytes) {}

    private record Round(Taken bare, Taken ported, Taken metered) {}

    private interface Work {
        void run() throws IOException;
    }

    private void measure(String what, int length, Duration after, int calls) {
        String text = "Reefs are ".repeat(length / 10 - 1) + "beautiful.";
        String json = "{\"model\":\"claude-sonnet-5-5\",\"content\":[{\"type\":\"text\",\"text\":\"" + text
                + "\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":100,\"output_tokens\":" + Math.min(length / 4, 32_000) + "}}";
        try (StandIn provider = new StandIn(json, after)) {
            MeteredModel model = new MeteredModel(provider.address(), meter, door);
            model.ask(length);
            try (KeepAlive client = new KeepAlive(provider.port())) {
                byte[] request = provider.firstRequest();
                List<Round> rounds = new ArrayList<>();
                for (int call = after.isZero() ? -WARM : 0; call < calls; call++) {
                    Round round = new Round(taken(() -> client.ask(request)), taken(() -> model.ask(length)), taken(this::reserveAndSettle));
                    if (call >= 0) {
                        rounds.add(round);
                    }
                }
                int trips = RoundTrips.of(() -> {
                    model.ask(length);
                    return true;
                });
                double[] millis = {
                    median(rounds, round -> round.bare().millis()), median(rounds, round -> round.ported().millis()),
                    median(rounds, round -> round.ported().millis() - round.bare().millis()), median(rounds, round -> round.metered().millis())};
                report.model(what, millis, median(rounds, round -> round.ported().millis() / round.bare().millis()), trips,
                        rounds.stream().mapToDouble(round -> round.ported().bytes() - round.bare().bytes()).average().orElseThrow(), length);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void reserveAndSettle() {
        meter.open(CALL, new Amount(0, 500, 0, 32_000, 0), new Meter.Reason("", null, null))
                .settle(Call.Outcome.OK, new Amount(0, 100, 0, 25, 0), Duration.ofMillis(1));
    }

    private static Taken taken(Work work) throws IOException {
        long allocated = MEMORY.getTotalThreadAllocatedBytes();
        long start = System.nanoTime();
        work.run();
        long nanos = System.nanoTime() - start;
        return new Taken(nanos / 1e6, MEMORY.getTotalThreadAllocatedBytes() - allocated);
    }

    private static double median(List<Round> all, ToDoubleFunction<Round> of) {
        double[] sorted = all.stream().mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
