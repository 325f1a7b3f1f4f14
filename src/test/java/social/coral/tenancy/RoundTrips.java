package social.coral.tenancy;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Counts how often the thread of a test waits for PostgreSQL: each time, the driver sends one Sync and logs it. What comes before the
 * first words that are waited for is the pool, which asks a connection that was idle whether it is alive.
 */
public final class RoundTrips {

    private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

    private RoundTrips() {}

    /** Counts from the first claims of a tenant on. */
    public static int of(Callable<?> work) throws Exception {
        return of("authenticated", work);
    }

    /** @param first what the first statement says, or a value of it */
    public static int of(String first, Callable<?> work) throws Exception {
        AtomicInteger syncs = new AtomicInteger();
        AtomicBoolean begun = new AtomicBoolean();
        Thread counted = Thread.currentThread();
        Handler counter = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (!Thread.currentThread().equals(counted)) {
                    return;
                }
                if (entry.getMessage().contains(first)) {
                    begun.set(true);
                }
                if (begun.get() && entry.getMessage().contains("FE=> Sync")) {
                    syncs.incrementAndGet();
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Level before = DRIVER.getLevel();
        boolean useParents = DRIVER.getUseParentHandlers();
        counter.setLevel(Level.ALL);
        DRIVER.setLevel(Level.ALL);
        DRIVER.setUseParentHandlers(false);
        DRIVER.addHandler(counter);
        try {
            work.call();
            return syncs.get();
        } finally {
            DRIVER.removeHandler(counter);
            DRIVER.setUseParentHandlers(useParents);
            DRIVER.setLevel(before);
        }
    }
}
