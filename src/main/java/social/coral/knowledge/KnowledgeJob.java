package social.coral.knowledge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import social.coral.api.AccountGone;
import social.coral.jobs.Job;
import social.coral.jobs.JobTask;
import social.coral.jobs.Lane;
import social.coral.jobs.Turn;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/** Has the indexes of a tenant follow its texts and their vectors. */
@Component
class KnowledgeJob implements JobTask {

    static final String NAME = "knowledge";
    /** The key of the job that follows changes. */
    static final String INDEX = "index";
    /** The key of the job that looks through everything, each day. */
    static final String ALL = "all";

    static final Duration COMPARED_EVERY = Duration.ofDays(1);
    private static final Duration RETRY_DELAY = Duration.ofMinutes(1);
    /** How long it waits for a search that follows as well. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int SOURCES = 500;

    private static final Logger log = LoggerFactory.getLogger(KnowledgeJob.class);

    private final TenantDoor door;
    private final List<KnowledgeKind> kinds;
    private final Generations generations;
    private final KnowledgeIndexes indexes;
    private final Clock clock;

    KnowledgeJob(TenantDoor door, List<KnowledgeKind> kinds, Generations generations, KnowledgeIndexes indexes, Clock clock) {
        this.door = door;
        this.kinds = kinds;
        this.generations = generations;
        this.indexes = indexes;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Lane lane() {
        return Lane.KNOWLEDGE;
    }

    @Override
    public boolean mayComeEarly() {
        return true;
    }

    @Override
    public Optional<Instant> work(Job job, Turn turn) {
        try {
            return callFor(job.tenant(), () -> job.key().equals(ALL) ? lookThrough(turn) : follow(turn));
        } catch (IndexFault e) {
            log.warn("What a tenant can search is not up to date. {}", e.getMessage());
            return Optional.of(clock.instant().plus(RETRY_DELAY));
        }
    }

    /** Works for a tenant. Nothing is left to do for one whose account is gone. */
    static Optional<Instant> callFor(Tenant tenant, Supplier<Optional<Instant>> work) {
        List<Instant> again = new ArrayList<>();
        try {
            tenant.run(() -> work.get().ifPresent(again::add));
        } catch (AccountGone e) {
            // Its texts go with it.
        }
        return again.stream().findFirst();
    }

    private Optional<Instant> follow(Turn turn) {
        boolean followed = indexes.follow(indexes.followedWords(), turn::isOver, turn::progressed, PATIENCE);
        for (Generation generation : generations.list()) {
            followed &= indexes.follow(indexes.followedVectors(generation), turn::isOver, turn::progressed, PATIENCE);
        }
        return followed ? Optional.empty() : Optional.of(clock.instant());
    }

    /** Finds texts that have no pieces, and whatever an index has too much or too little. */
    private Optional<Instant> lookThrough(Turn turn) {
        for (KnowledgeKind kind : kinds) {
            UUID after = null;
            do {
                after = addMissing(kind, after);
                turn.progressed();
                if (after != null && turn.isOver()) {
                    return Optional.of(clock.instant());
                }
            } while (after != null);
        }
        Optional<Instant> again = follow(turn);
        if (again.isPresent()) {
            return again;
        }
        boolean compared = Follower.compare(indexes.followedWords(), turn::isStopping);
        List<Generation> all = generations.list();
        if (!all.isEmpty()) {
            indexes.vectors().removeBefore(all.getLast().number());
        }
        for (Generation generation : all) {
            compared &= Follower.compare(indexes.followedVectors(generation), turn::isStopping);
        }
        return Optional.of(compared ? clock.instant().plus(COMPARED_EVERY) : clock.instant());
    }

    private @Nullable UUID addMissing(KnowledgeKind kind, @Nullable UUID after) {
        List<UUID> missing = door.transaction(() -> {
            List<UUID> found = kind.withoutPieces(after, SOURCES);
            door.changed(kind.table(), found);
            return found;
        });
        return missing.size() < SOURCES ? null : missing.getLast();
    }
}
