package social.coral.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import social.coral.installation.DatabaseServer;
import social.coral.installation.InstallationSettings;

/**
 * This process as a worker: all lanes and a heartbeat. A process without a heartbeat loses the jobs it held, and another one
 * continues them.
 */
@Component
class Worker implements SmartLifecycle {

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration SHUTDOWN = Duration.ofSeconds(8);

    private final List<JobTask> tasks;
    private final JobTable table;
    private final DatabaseServer server;
    private final Clock clock;
    private final InstallationSettings settings;
    private final Outage outage = new Outage();
    private volatile Map<Lane, LaneWorker> lanes = Map.of();
    private UUID id = UUID.randomUUID();
    private @Nullable ScheduledExecutorService pulse;
    private Instant seenSince = Instant.MAX;

    Worker(List<JobTask> tasks, JobTable table, DatabaseServer server, Clock clock, InstallationSettings settings) {
        this.tasks = tasks;
        this.table = table;
        this.server = server;
        this.clock = clock;
        this.settings = settings;
    }

    /** A process of role {@code web} schedules jobs and leaves them to the workers. */
    @Override
    public boolean isAutoStartup() {
        return settings.role().runsJobs();
    }

    @Override
    public void start() {
        if (server.embedded()) {
            // It serves only this process, so any held job belongs to one that died.
            table.releaseLost(Duration.ZERO);
        }
        id = UUID.randomUUID();
        table.seen(id);
        seenSince = clock.instant();
        CrashSuspect suspicion = new CrashSuspect(clock);
        Map<Lane, LaneWorker> started = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            started.put(lane, new LaneWorker(lane, id, of(lane), table, outage, suspicion, clock));
        }
        lanes = started;
        lanes().forEach(LaneWorker::start);
        ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("jobs-pulse").factory());
        pulse.scheduleWithFixedDelay(this::giveSignOfLife, SIGN_OF_LIFE.toMillis(), SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
        this.pulse = pulse;
    }

    private Map<String, JobTask> of(Lane lane) {
        return tasks.stream().filter(task -> task.lane() == lane).collect(Collectors.toMap(JobTask::name, Function.identity()));
    }

    private void giveSignOfLife() {
        try {
            table.seen(id);
            // After a database outage no process has a recent heartbeat; give each one time to send it.
            if (seenSince.plus(SILENCE).isBefore(clock.instant())) {
                table.releaseLost(SILENCE);
            }
        } catch (RuntimeException fault) {
            seenSince = clock.instant();
            outage.began(fault);
        }
    }

    Collection<LaneWorker> lanes() {
        return lanes.values();
    }

    Map<Lane, Instant> lastLooks() {
        return lanes.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, lane -> lane.getValue().lastLook()));
    }

    /** Wakes the lanes. */
    void wakeUp() {
        lanes().forEach(LaneWorker::wakeUp);
    }

    @Override
    public void stop() {
        lanes().forEach(LaneWorker::stop);
        Instant patience = clock.instant().plus(SHUTDOWN);
        try {
            for (LaneWorker lane : lanes()) {
                Duration left = Duration.between(clock.instant(), patience);
                lane.awaitEnd(left.isNegative() ? Duration.ZERO : left);
            }
            if (pulse != null) {
                pulse.shutdownNow();
            }
            table.left(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            outage.began(fault);
        }
        lanes = Map.of();
    }

    @Override
    public boolean isRunning() {
        return !lanes.isEmpty();
    }
}
