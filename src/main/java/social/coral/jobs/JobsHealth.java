package social.coral.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The health of the durable worker. Refreshed in the background, so that a health check never waits. */
@Component
public class JobsHealth implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(JobsHealth.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final Worker worker;
    private final JobTable table;
    private final List<String> tasks;
    private final Clock clock;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("jobs-health").factory());
    private volatile Optional<Instant> longestWaiting = Optional.empty();

    JobsHealth(Worker worker, JobTable table, List<JobTask> tasks, Clock clock) {
        this.worker = worker;
        this.table = table;
        this.tasks = tasks.stream().map(JobTask::name).toList();
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        looks.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            longestWaiting = table.longestWaiting(tasks, clock.instant());
        } catch (RuntimeException e) {
            // The last state is kept while the database is away, whose own health reports that.
            log.debug("What has waited longest could not be looked at", e);
        }
    }

    /**
     * When each lane of this process last polled successfully: at most a second ago as long as the database responds. Empty in
     * a process that is no worker.
     */
    public Map<Lane, Instant> lastLooks() {
        return worker.lastLooks();
    }

    /** When the longest-waiting tenant began to wait: shows that the workers do not keep up, or are missing. */
    public Optional<Instant> longestWaiting() {
        return longestWaiting;
    }

    @Override
    public void destroy() {
        looks.shutdownNow();
    }
}
