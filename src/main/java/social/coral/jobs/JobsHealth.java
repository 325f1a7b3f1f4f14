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

/** How the durable worker is. It looks by itself, so that whoever asks waits for nobody. */
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
            // What it was before is told until the database answers again, whose own health tells that it does not.
            log.debug("What has waited longest could not be looked at", e);
        }
    }

    /**
     * When each lane of this process last looked for work and was answered, at most a second ago as long as the database answers;
     * empty in a process that does not work.
     */
    public Map<Lane, Instant> lastLooks() {
        return worker.lastLooks();
    }

    /** Since when the tenant who has waited longest for a turn waits; what tells that the workers do not keep up, or are not there. */
    public Optional<Instant> longestWaiting() {
        return longestWaiting;
    }

    @Override
    public void destroy() {
        looks.shutdownNow();
    }
}
