package social.coral.agents;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import social.coral.installation.DatabaseServer;
import social.coral.installation.InstallationSettings;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;

/**
 * The durable scheduler: finds in PostgreSQL what is due and for whom, and hands it to the run engine in that tenant's
 * name; what other rooms have to do in time it does as well. A worker that dies is noticed by its missing heartbeat, and what it
 * held is taken up by another.
 */
@Component
class AgentJobs implements SmartLifecycle {

    private static final int WORKERS = 16;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration SHUTDOWN = Duration.ofSeconds(8);

    private final Databases databases;
    private final DatabaseServer server;
    private final List<Task<?>> others;
    private final RunEngine engine;
    private final Schedules schedules;
    private final ScheduledStarts starts;
    private final Jobs jobs;
    private final Clock clock;
    private final InstallationSettings settings;
    private volatile boolean stopping;
    private @Nullable Scheduler scheduler;

    AgentJobs(
            Databases databases,
            DatabaseServer server,
            List<Task<?>> others,
            RunEngine engine,
            Schedules schedules,
            ScheduledStarts starts,
            Jobs jobs,
            Clock clock,
            InstallationSettings settings) {
        this.databases = databases;
        this.server = server;
        this.others = others;
        this.engine = engine;
        this.schedules = schedules;
        this.starts = starts;
        this.jobs = jobs;
        this.clock = clock;
        this.settings = settings;
    }

    /** A process of the role {@code web} announces work and leaves it to the workers. */
    @Override
    public boolean isAutoStartup() {
        return settings.role().works();
    }

    @Override
    public void start() {
        stopping = false;
        if (server.embedded()) {
            releaseAll();
        }
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        scheduler = Scheduler.create(databases.jobs(), Stream.concat(Stream.of(runTask(), scheduleTask()), others.stream()).toList())
                .tableName("jobs.scheduled_tasks")
                .threads(WORKERS)
                .executorService(workers)
                .pollingInterval(POLL)
                .pollUsingLockAndFetch(0.5, 1.0)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(SHUTDOWN)
                .build();
        scheduler.start();
        jobs.onWakeUp(scheduler::triggerCheckForDueExecutions);
    }

    /** The embedded database has one process, this one: whatever is marked as held was held by one that died. */
    private void releaseAll() {
        JdbcClient.create(databases.jobs())
                .sql("""
                        update jobs.scheduled_tasks
                        set picked = false, picked_by = null, last_heartbeat = null, version = version + 1 where picked
                        """)
                .update();
    }

    private Task<Void> runTask() {
        return Tasks.custom(Jobs.RUN, Void.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    JobKey key = JobKey.parse(instance.getId());
                    return next(callFor(key.tenant(), () -> engine.work(UUID.fromString(key.name()), () -> stopping, clock.instant())));
                });
    }

    private Task<Void> scheduleTask() {
        return Tasks.custom(Jobs.SCHEDULE, Void.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    JobKey key = JobKey.parse(instance.getId());
                    return next(callFor(key.tenant(), () -> schedules.due(key.name(), starts::start)));
                });
    }

    private static Optional<Instant> callFor(Tenant tenant, Supplier<Optional<Instant>> work) {
        try {
            return tenant.call(work::get);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletionHandler<Void> next(Optional<Instant> again) {
        return again.<CompletionHandler<Void>>map(at -> (complete, operations) -> operations.reschedule(complete, at))
                .orElseGet(OnCompleteRemove::new);
    }

    @Override
    public void stop() {
        stopping = true;
        jobs.onWakeUp(() -> {});
        if (scheduler != null) {
            scheduler.stop();
            scheduler = null;
        }
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }

    /** What a job is for: {@code tenant/name}. */
    private record JobKey(Tenant tenant, String name) {

        static JobKey parse(String instance) {
            int slash = instance.indexOf('/');
            return new JobKey(new Tenant(UUID.fromString(instance.substring(0, slash))), instance.substring(slash + 1));
        }
    }
}
