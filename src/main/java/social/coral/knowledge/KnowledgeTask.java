package social.coral.knowledge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.api.AccountGone;
import social.coral.jobs.Job;
import social.coral.jobs.JobTask;
import social.coral.jobs.Lane;
import social.coral.jobs.Turn;

/** A task that keeps a tenant's search up to date. What it cannot reach now it tries again; nothing is left to do when the account is gone. */
abstract class KnowledgeTask implements JobTask {

    /** How long it waits for a search that follows as well. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration RETRY_DELAY = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(KnowledgeTask.class);

    final Clock clock;

    private final String name;
    private final Lane lane;

    KnowledgeTask(String name, Lane lane, Clock clock) {
        this.name = name;
        this.lane = lane;
        this.clock = clock;
    }

    abstract Optional<Instant> work(String key, Turn turn);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Lane lane() {
        return lane;
    }

    @Override
    public final boolean mayComeEarly() {
        return true;
    }

    @Override
    public final Optional<Instant> work(Job job, Turn turn) {
        try {
            return job.tenant().call(() -> work(job.key(), turn));
        } catch (AccountGone e) {
            return Optional.empty();
        } catch (IndexFault | EmbeddingsFault e) {
            log.warn("What a tenant can search is not up to date. {}", e.getMessage());
            return Optional.of(clock.instant().plus(RETRY_DELAY));
        }
    }
}
