package social.coral.usage;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import social.coral.jobs.Job;
import social.coral.jobs.JobTask;
import social.coral.jobs.Lane;
import social.coral.jobs.Turn;
import social.coral.tenancy.Databases;

/** Removes what is older than a tenant's plan keeps it, each day, in batches that are committed one by one. Ends with the plan's retention. */
@Component
class RetentionJob implements JobTask {

    private static final int BATCH_SIZE = 500;

    private final JdbcClient jobs;
    private final Clock clock;

    RetentionJob(Databases databases, Clock clock) {
        this.jobs = JdbcClient.create(databases.jobs());
        this.clock = clock;
    }

    @Override
    public String name() {
        return "plan-retention";
    }

    @Override
    public Lane lane() {
        return Lane.HOUSEKEEPING;
    }

    /** The database says what is old enough. */
    @Override
    public boolean mayComeEarly() {
        return true;
    }

    @Override
    public Optional<Instant> work(Job job, Turn turn) {
        while (!turn.isOver()) {
            Optional<Integer> seconds = jobs.sql("select jobs.keep_some(?, ?)").params(job.tenant().id(), BATCH_SIZE)
                    .query((row, number) -> Optional.ofNullable(row.getObject(1, Integer.class))).single();
            if (seconds.filter(wait -> wait == 0).isEmpty()) {
                return seconds.map(clock.instant()::plusSeconds);
            }
            turn.progressed();
        }
        return Optional.of(clock.instant());
    }
}
