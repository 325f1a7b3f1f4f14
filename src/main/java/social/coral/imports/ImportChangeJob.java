package social.coral.imports;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import social.coral.api.AccountGone;
import social.coral.jobs.Job;
import social.coral.jobs.JobTask;
import social.coral.jobs.Lane;
import social.coral.jobs.Turn;

/** Continues the change of an import that was too large for a request. */
@Component
final class ImportChangeJob implements JobTask {

    static final String NAME = "import-change";

    private final ImportChange change;
    private final Clock clock;

    ImportChangeJob(ImportChange change, Clock clock) {
        this.change = change;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Lane lane() {
        return Lane.HOUSEKEEPING;
    }

    @Override
    public boolean mayComeEarly() {
        return true;
    }

    @Override
    public Optional<Instant> work(Job job, Turn turn) {
        boolean done;
        try {
            done = job.tenant().call(() -> change.work(UUID.fromString(job.key()), turn::isOver).done());
        } catch (AccountGone e) {
            // Its posts go with the account.
            done = true;
        }
        turn.progressed();
        return done ? Optional.empty() : Optional.of(clock.instant());
    }
}
