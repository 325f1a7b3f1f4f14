package social.coral.agents;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import social.coral.identity.Suspensions;
import social.coral.jobs.Job;
import social.coral.jobs.JobTask;
import social.coral.jobs.Lane;
import social.coral.jobs.Turn;

/** A task that runs as the tenant whose job it is, and not while that tenant is suspended. */
abstract class TenantTask implements JobTask {

    private static final Duration RECHECK_AFTER = Duration.ofMinutes(10);

    private final String name;
    private final Lane lane;
    private final Suspensions suspensions;
    private final Clock clock;

    TenantTask(String name, Lane lane, Suspensions suspensions, Clock clock) {
        this.name = name;
        this.lane = lane;
        this.suspensions = suspensions;
        this.clock = clock;
    }

    abstract Optional<Instant> work(String key, Turn turn, Instant now);

    abstract Optional<Instant> setAside(String key, boolean brokeProcess, Instant now);

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
        Instant now = clock.instant();
        return suspensions.isSuspended(job.tenant())
                ? Optional.of(now.plus(RECHECK_AFTER))
                : job.tenant().call(() -> work(job.key(), turn, now));
    }

    @Override
    public final Optional<Instant> setAside(Job job, Instant now) {
        return job.tenant().call(() -> setAside(job.key(), job.brokeProcess(), now));
    }
}
