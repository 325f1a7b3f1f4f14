package social.coral.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.api.DatabaseFailures;

/** Takes due jobs of one lane as its slots allow, runs them, and releases them. */
final class LaneWorker {

    private static final Logger log = LoggerFactory.getLogger(LaneWorker.class);

    private static final long POLL_MS = 1_000;
    /** The largest ordinary clock correction; a larger one means that the clock was ahead. */
    private static final Duration SMALL_STEP_BACK = Duration.ofMinutes(1);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration MAX_RETRY_DELAY = Duration.ofMinutes(10);
    /** How often a process may die while holding a job before the worker gives up on the job. */
    static final int MAX_INTERRUPTIONS = 2;
    /** How often in a row a job may fail without progress, over about half an hour, before the worker gives up on it. */
    static final int MAX_FAILURES = 10;

    private final Lane lane;
    private final UUID worker;
    private final Map<String, JobTask> tasks;
    private final JobTable table;
    private final Outage outage;
    private final CrashSuspect suspicion;
    private final Clock clock;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("job-", 0).factory());
    private final Semaphore atWork;
    private final Semaphore alarm = new Semaphore(0);
    private final Map<Long, Integer> held = new HashMap<>();
    private int inHand;
    private volatile boolean stopping;
    private volatile Instant lastLook;

    LaneWorker(
            Lane lane, UUID worker, Map<String, JobTask> tasks, JobTable table, Outage outage, CrashSuspect suspicion, Clock clock) {
        this.lane = lane;
        this.worker = worker;
        this.tasks = tasks;
        this.table = table;
        this.outage = outage;
        this.suspicion = suspicion;
        this.clock = clock;
        this.atWork = new Semaphore(lane.atWork, true);
        this.lastLook = clock.instant();
    }

    void start() {
        threads.execute(this::look);
    }

    /** Polls at once instead of at the next interval. */
    void wakeUp() {
        alarm.release();
    }

    Instant lastLook() {
        return lastLook;
    }

    private void look() {
        while (!stopping) {
            try {
                lookAgainAfterAStepBack();
                boolean more = takeSome();
                lastLook = clock.instant();
                if (!more) {
                    alarm.tryAcquire(POLL_MS, TimeUnit.MILLISECONDS);
                    alarm.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException fault) {
                outage.began(fault);
                pause();
            }
        }
    }

    private void lookAgainAfterAStepBack() {
        Instant now = clock.instant();
        if (now.isBefore(lastLook.minus(SMALL_STEP_BACK))) {
            log.warn("The clock went back from {} to {}; what was put off until later is looked at again", lastLook, now);
            table.lookAgain(tasks.values().stream().filter(JobTask::mayComeEarly).map(JobTask::name).toList(), now);
        }
    }

    /** Whether there may be more due jobs. */
    private boolean takeSome() {
        int free = free();
        if (free == 0) {
            return false;
        }
        List<Job> taken = table.take(worker, tasks.keySet(), free, clock.instant(), fullLines(), suspicion.isOpen());
        outage.ended();
        taken.forEach(this::begin);
        return taken.size() == free;
    }

    private synchronized int free() {
        return lane.places - inHand;
    }

    private synchronized List<Long> fullLines() {
        return held.entrySet().stream().filter(line -> line.getValue() >= lane.ofOneTenant).map(Map.Entry::getKey).toList();
    }

    private synchronized void begin(Job job) {
        inHand++;
        held.merge(job.line(), 1, Integer::sum);
        if (job.interrupted() > 0) {
            suspicion.fallsOn(job);
        }
        threads.execute(() -> {
            try {
                work(job);
            } finally {
                ended(job);
            }
        });
    }

    private synchronized void ended(Job job) {
        inHand--;
        held.computeIfPresent(job.line(), (line, count) -> count == 1 ? null : count - 1);
        suspicion.clear(job);
        alarm.release();
    }

    private void work(Job job) {
        JobTask task = tasks.get(job.task());
        if (task == null) {
            throw new IllegalStateException("no task " + job.task());
        }
        AtomicInteger failures = new AtomicInteger(job.failures());
        Runnable end;
        try (HeldTurn turn = HeldTurn.begin(atWork, () -> stopping, () -> {
            failures.set(0);
            progressed(job);
        })) {
            end = job.brokeProcess() || job.keptFailing() ? setAside(job, task) : putDown(job, task.work(job, turn));
        } catch (InterruptedException e) {
            end = () -> table.putBack(worker, job, clock.instant(), job.failures(), 0);
        } catch (Throwable fault) {
            end = failed(job, failures.get(), fault);
        }
        settle(end);
    }

    private Runnable putDown(Job job, Optional<Instant> again) {
        return again.<Runnable>map(at -> () -> table.putBack(worker, job, at, 0, 0)).orElse(() -> table.done(worker, job));
    }

    private Runnable setAside(Job job, JobTask task) {
        if (job.brokeProcess()) {
            log.error("The process ended {} times while it held {} {}; that is set aside, and everything else continues",
                    job.interrupted(), job.task(), job.instance());
        } else {
            log.error("{} {} could not be done in {} attempts in a row; it is set aside", job.task(), job.instance(), job.failures());
        }
        Optional<Instant> again = task.setAside(job, clock.instant());
        // One more poll is enough then.
        return again.<Runnable>map(at -> () -> table.putBack(
                        worker, job, at, Math.min(job.failures(), MAX_FAILURES - 1), Math.min(job.interrupted(), MAX_INTERRUPTIONS - 1)))
                .orElse(() -> table.done(worker, job));
    }

    private Runnable failed(Job job, int failures, Throwable fault) {
        if (DatabaseFailures.isUnavailable(fault)) {
            return () -> table.putBack(worker, job, clock.instant().plus(FIRST_RETRY), failures, 0);
        }
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures, 10));
        Instant again = clock.instant().plus(wait.compareTo(MAX_RETRY_DELAY) > 0 ? MAX_RETRY_DELAY : wait);
        if (TransientFault.is(fault)) {
            log.warn("{} {} continues at {}: {}", job.task(), job.instance(), again, fault.getMessage());
        } else if (!stopping) {
            log.error("{} {} could not be done; it is tried again at {}", job.task(), job.instance(), again, fault);
        }
        return () -> table.putBack(worker, job, again, failures + 1, 0);
    }

    private void progressed(Job job) {
        suspicion.clear(job);
        if (job.interrupted() > 0) {
            table.progressed(worker, job);
        }
    }

    /** Records how the job ended, retrying as long as it takes: nobody else does while this process lives. */
    private void settle(Runnable end) {
        while (true) {
            // A stopping process interrupts outside calls; this is not one.
            boolean interrupted = Thread.interrupted();
            try {
                end.run();
                return;
            } catch (RuntimeException fault) {
                outage.began(fault);
                if (stopping || interrupted) {
                    return;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends every turn and takes no more jobs. */
    void stop() {
        stopping = true;
        alarm.release();
    }

    /** Waits for running jobs; after this time, interrupts calls in progress. */
    void awaitEnd(Duration patience) throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            threads.shutdownNow();
            if (!threads.awaitTermination(POLL_MS, TimeUnit.MILLISECONDS)) {
                log.warn("Some work in hand does not end; it continues after the next start");
            }
        }
    }
}
