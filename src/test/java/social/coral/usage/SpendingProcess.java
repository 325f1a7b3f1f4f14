package social.coral.usage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import social.coral.api.Failure;
import social.coral.tenancy.Tenant;
import social.coral.usage.Call.Outcome;

/** A process of its own whose threads spend the money of one tenant until they have made their calls, or the process is killed. */
public final class SpendingProcess {

    private static final int CALLS = 40;

    private SpendingProcess() {}

    /** The meter on a database whose connections may use it. */
    public static Meter meter(DataSource database) {
        return new Meter(database, PriceList.of(Path.of("none")), Clock.systemUTC());
    }

    /** Takes the database's URL, login and password, the tenant, and the number of threads. */
    public static void main(String[] args) throws InterruptedException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(args[0]);
        config.setUsername(args[1]);
        config.setPassword(args[2]);
        config.setMaximumPoolSize(8);
        config.setConnectionTimeout(60_000);
        try (HikariDataSource database = new HikariDataSource(config)) {
            Meter meter = meter(database);
            Tenant tenant = new Tenant(UUID.fromString(args[3]));
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(args[4]); i++) {
                Random random = new Random(i);
                threads.add(Thread.startVirtualThread(() -> tenant.run(() -> spend(meter, random))));
            }
            System.out.println("spending");
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static void spend(Meter meter, Random random) {
        for (int i = 0; i < CALLS; i++) {
            int most = 1 + random.nextInt(10);
            try {
                OpenCall call = meter.open(new Call("x", "GET /2/tweets", "post"), Amount.units(most), new Meter.Reason("", null, null));
                call.settle(Outcome.OK, Amount.units(random.nextInt(most + 1)), Duration.ofMillis(1));
            } catch (Failure full) {
                if (!BudgetFailure.is(full)) {
                    throw full;
                }
            }
        }
    }
}
