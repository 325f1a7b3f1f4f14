package social.coral.agents;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.agents.RunLedger.Lease;
import social.coral.tenancy.Tenant;

/**
 * Interrupts the thread that waits for a service once its run was cancelled, in whatever process, so that a slow call ends at once.
 * It looks each second and begins a second after the call, so a quick one costs nothing.
 */
final class CancelWatch implements AutoCloseable {

    private static final long BETWEEN_LOOKS_MILLIS = 1_000;
    private static final Logger log = LoggerFactory.getLogger(CancelWatch.class);

    private final Thread waiting = Thread.currentThread();
    private final Callable<Boolean> look;
    private boolean over;
    private boolean fired;

    CancelWatch(RunLedger ledger, Lease lease) {
        this.look = Tenant.carried(() -> ledger.isCancelled(lease));
        Thread.ofVirtual().name("cancel-watch").start(this::watch);
    }

    private void watch() {
        try {
            while (isWanted()) {
                if (look.call()) {
                    fire();
                    return;
                }
            }
        } catch (Exception fault) {
            // The run ends at its next commit instead.
            log.debug("Nobody looks any longer whether the run was cancelled", fault);
        }
    }

    private synchronized boolean isWanted() throws InterruptedException {
        if (!over) {
            wait(BETWEEN_LOOKS_MILLIS);
        }
        return !over;
    }

    private synchronized void fire() {
        if (!over) {
            fired = true;
            waiting.interrupt();
        }
    }

    /** Does what an interrupt must not break, such as writing to the database. */
    synchronized <T extends Object> T shielded(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                waiting.interrupt();
            }
        }
    }

    synchronized boolean hasFired() {
        return fired;
    }

    /** Takes back an interrupt that came too late. */
    @Override
    public synchronized void close() {
        over = true;
        notifyAll();
        if (fired) {
            Thread.interrupted();
        }
    }
}
