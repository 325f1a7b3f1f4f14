package social.coral.erasure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import social.coral.jobs.Job;
import social.coral.jobs.JobTask;
import social.coral.jobs.Lane;
import social.coral.jobs.Turn;
import social.coral.tenancy.Databases;

/**
 * Carries erasures out when they are due: one short step after the other, each committed, until the database says that it is done.
 * A process that dies in the middle leaves the rest to the next.
 */
@Component
class ErasureJob implements JobTask {

    private static final int ROWS_AT_ONCE = 5_000;
    private static final Duration TO_WAIT = Duration.ofSeconds(1);

    private final JdbcClient jobs;
    private final Clock clock;

    ErasureJob(Databases databases, Clock clock) {
        this.jobs = JdbcClient.create(databases.jobs());
        this.clock = clock;
    }

    @Override
    public String name() {
        return "erasure";
    }

    @Override
    public Lane lane() {
        return Lane.HOUSEKEEPING;
    }

    @Override
    public Optional<Instant> work(Job job, Turn turn) {
        while (!turn.isOver()) {
            switch (jobs.sql("select jobs.erase_some(?, ?)").params(job.tenant().id(), ROWS_AT_ONCE).query(String.class).single()) {
                case "done", "not asked" -> {
                    return Optional.empty();
                }
                case "waiting" -> {
                    return Optional.of(clock.instant().plus(TO_WAIT));
                }
                default -> turn.progressed();
            }
        }
        return Optional.of(clock.instant());
    }
}
