package social.coral.erasure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import social.coral.jobs.Job;
import social.coral.jobs.JobTask;
import social.coral.jobs.Lane;
import social.coral.jobs.Turn;
import social.coral.tenancy.Databases;

/**
 * Carries out erasures when they are due, in short steps that are committed one by one. If a process dies, another continues with
 * the next step.
 */
@Component
class ErasureJob implements JobTask {

    private static final int BATCH_SIZE = 5_000;
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    private static final Duration UNREACHABLE_DELAY = Duration.ofMinutes(1);

    private final JdbcClient jobs;
    private final List<KeptElsewhere> elsewhere;
    private final Clock clock;

    ErasureJob(Databases databases, List<KeptElsewhere> elsewhere, Clock clock) {
        this.jobs = JdbcClient.create(databases.jobs());
        this.elsewhere = elsewhere;
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
        boolean isGoneElsewhere = false;
        while (!turn.isOver()) {
            switch (jobs.sql("select jobs.erase_some(?, ?, ?)").params(job.tenant().id(), BATCH_SIZE, isGoneElsewhere).query(String.class).single()) {
                case "done", "not asked" -> {
                    return Optional.empty();
                }
                case "waiting" -> {
                    return Optional.of(clock.instant().plus(RETRY_DELAY));
                }
                case "elsewhere" -> {
                    if (!elsewhere.stream().allMatch(kept -> kept.erase(job.tenant()))) {
                        return Optional.of(clock.instant().plus(UNREACHABLE_DELAY));
                    }
                    isGoneElsewhere = true;
                }
                default -> turn.progressed();
            }
        }
        return Optional.of(clock.instant());
    }
}
