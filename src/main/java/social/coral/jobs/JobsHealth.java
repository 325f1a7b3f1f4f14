package social.coral.jobs;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How the durable worker is. */
@Component
public class JobsHealth {

    private final Worker worker;
    private final JobTable table;
    private final List<String> tasks;
    private final Clock clock;

    JobsHealth(Worker worker, JobTable table, List<JobTask> tasks, Clock clock) {
        this.worker = worker;
        this.table = table;
        this.tasks = tasks.stream().map(JobTask::name).toList();
        this.clock = clock;
    }

    /**
     * When each lane of this process last looked for work, at most a second ago as long as the database answers; empty in a process
     * that does not work. Asks nobody.
     */
    public Map<Lane, Instant> lastLooks() {
        return worker.lastLooks();
    }

    /**
     * When the job was due that has been due longest and that nobody has in hand. One tenant with thousands of jobs makes this old
     * while everybody else is served at once; see {@link #longestWaiting}.
     */
    public Optional<Instant> oldestDue() {
        return table.oldestDue(tasks, clock.instant());
    }

    /** Since when the tenant who has waited longest for a turn waits; what tells that the workers do not keep up, or are not there. */
    public Optional<Instant> longestWaiting() {
        return table.longestWaiting(tasks, clock.instant());
    }
}
