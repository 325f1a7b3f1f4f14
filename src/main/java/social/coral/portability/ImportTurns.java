package social.coral.portability;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.CurrentClient;
import social.coral.api.Failure;
import social.coral.identity.Client;
import social.coral.identity.SessionCheck;
import social.coral.tenancy.Tenant;

/**
 * Runs the imports: one per tenant, and a bounded number in all. Each has a thread of its own, because unpacking would block the
 * threads that serve requests; few of them work at a time, and those take turns.
 */
@Component
public final class ImportTurns {

    private static final int MAX_AT_ONCE = 32;
    /** Imports of one network, running or waiting, so that accounts of one place fill neither the places nor the queue. */
    private static final int MAX_PER_NETWORK = MAX_AT_ONCE / 2;
    private static final int SECONDS_BETWEEN_ASKING = 3;

    /** The work of an import. */
    public interface Work<T> {
        T in(ImportTurn turn) throws IOException;
    }

    private final Set<Tenant> underWay = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> ofNetworks = new ConcurrentHashMap<>();
    private final Map<ImportTurn, Tenant> turns = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(MAX_AT_ONCE, true);
    private final ImportSlots slots = new ImportSlots(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    private final ImportBounds bounds;
    private final Spool spool;
    private final Supplier<Runnable> sessions;
    private volatile boolean closing;

    @Autowired
    ImportTurns(Spool spool, SessionCheck sessions) {
        this(ImportBounds.USUAL, spool, sessions::ofCurrentSession);
    }

    /** @param sessions supplies checks that throw once the current session has ended */
    ImportTurns(ImportBounds bounds, Spool spool, Supplier<Runnable> sessions) {
        this.bounds = bounds;
        this.spool = spool;
        this.sessions = sessions;
    }

    /** Reports whether an import of the tenant runs in this process. */
    public boolean isUnderWay() {
        return underWay.contains(Tenant.current());
    }

    /** Returns how far the tenant's import is that runs in this process. */
    public Optional<ImportProgress> progress() {
        Tenant tenant = Tenant.current();
        return turns.entrySet().stream().filter(turn -> turn.getValue().equals(tenant)).map(turn -> turn.getKey().progress()).findFirst();
    }

    /** Stops the tenant's import if it runs in this process and may be stopped, also before it has stored anything. */
    public void stop() {
        Tenant tenant = Tenant.current();
        turns.forEach((turn, owner) -> {
            if (owner.equals(tenant)) {
                turn.stop();
            }
        });
    }

    /** Runs the work on a thread of its own and waits for it. */
    public <T extends Object> T take(HttpServletRequest request, Work<T> work) throws IOException {
        Tenant tenant = Tenant.current();
        if (!underWay.add(tenant)) {
            throw Failure.conflict("import_under_way", "Your previous import is still running. Send this one when it has finished.");
        }
        String network = Client.of(request).network();
        int ofNetwork = ofNetworks.merge(network, 1, Integer::sum);
        try {
            if (ofNetwork > MAX_PER_NETWORK) {
                throw tooMany();
            }
            takePlace();
            ImportTurn turn = new ImportTurn(request, CurrentClient.connection(), bounds, slots, spool, () -> closing, sessions.get());
            turns.put(turn, tenant);
            try {
                return done(turn, work);
            } finally {
                turns.remove(turn);
                places.release();
            }
        } finally {
            ofNetworks.computeIfPresent(network, (unused, count) -> count == 1 ? null : count - 1);
            underWay.remove(tenant);
        }
    }

    /** Takes a place. If none is free, another import has to give up its own, so that slow or long ones do not keep others out. */
    private void takePlace() {
        if (places.getQueueLength() == 0 && places.tryAcquire()) {
            return;
        }
        long end = System.nanoTime() + bounds.patience().toNanos();
        try {
            do {
                askOneToLeave();
                if (places.tryAcquire(SECONDS_BETWEEN_ASKING, TimeUnit.SECONDS)) {
                    return;
                }
            } while (System.nanoTime() - end < 0 && places.getQueueLength() < MAX_AT_ONCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw tooMany();
    }

    /** Ends the slowest uploads, or else those that have kept their place longest; no more than are waiting. */
    private void askOneToLeave() {
        turns.keySet().stream().map(ImportTurn::pace).filter(UploadPace::isTooSlowForCrowd)
                .min(Comparator.comparingLong(UploadPace::lately))
                .ifPresentOrElse(UploadPace::askToLeave, this::askTheLongestToLeave);
    }

    private void askTheLongestToLeave() {
        if (turns.keySet().stream().filter(ImportTurn::isAskedToLeave).count() <= places.getQueueLength()) {
            turns.keySet().stream().filter(turn -> !turn.isAskedToLeave() && turn.beyondItsTime() > 0)
                    .max(Comparator.comparingLong(ImportTurn::beyondItsTime)).ifPresent(ImportTurn::askToLeave);
        }
    }

    private Failure tooMany() {
        long nanos = -turns.keySet().stream().mapToLong(ImportTurn::beyondItsTime).max().orElse(0);
        int seconds = (int) Math.max(SECONDS_BETWEEN_ASKING, TimeUnit.NANOSECONDS.toSeconds(nanos) + 1);
        return Failure.of(HttpStatus.SERVICE_UNAVAILABLE, "too_many_imports", "Too many imports are running right now. Try again in " + seconds + " s.")
                .retryAfter(seconds);
    }

    private static <T extends Object> T done(ImportTurn turn, Work<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(Tenant.carried(() -> turn.work(work)));
        Thread.ofPlatform().name("import").daemon().start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    // The work decides when to end; until then the request and its body are needed.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException fault -> throw fault;
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the running imports before anything that they need is shut down. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
    }
}
