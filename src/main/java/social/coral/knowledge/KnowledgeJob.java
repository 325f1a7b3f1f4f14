package social.coral.knowledge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import social.coral.jobs.Lane;
import social.coral.jobs.Turn;
import social.coral.tenancy.TenantDoor;

/** Has the indexes of a tenant follow its texts and their vectors. */
@Component
class KnowledgeJob extends KnowledgeTask {

    static final String NAME = "knowledge";
    /** The key of the job that follows changes. */
    static final String INDEX = "index";
    /** The key of the job that looks through everything, each day. */
    static final String ALL = "all";

    static final Duration COMPARED_EVERY = Duration.ofDays(1);
    private static final int SOURCES = 500;

    private final TenantDoor door;
    private final List<KnowledgeKind> kinds;
    private final Generations generations;
    private final KnowledgeIndexes indexes;

    KnowledgeJob(TenantDoor door, List<KnowledgeKind> kinds, Generations generations, KnowledgeIndexes indexes, Clock clock) {
        super(NAME, Lane.KNOWLEDGE, clock);
        this.door = door;
        this.kinds = kinds;
        this.generations = generations;
        this.indexes = indexes;
    }

    @Override
    Optional<Instant> work(String key, Turn turn) {
        return key.equals(ALL) ? lookThrough(turn) : follow(turn);
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
            List<UUID> added = List.of(KnowledgeKind.BEFORE_ALL);
            do {
                added = addMissing(kind, added.getLast());
                turn.progressed();
                if (added.size() == SOURCES && turn.isOver()) {
                    return Optional.of(clock.instant());
                }
            } while (added.size() == SOURCES);
        }
        Optional<Instant> again = follow(turn);
        if (again.isPresent()) {
            return again;
        }
        boolean compared = Follower.compare(indexes.followedWords(), turn::isStopping);
        List<Generation> all = generations.list();
        indexes.removeBut(all);
        for (Generation generation : all) {
            compared &= Follower.compare(indexes.followedVectors(generation), turn::isStopping);
        }
        indexes.words().expunge();
        indexes.vectors().expunge();
        return Optional.of(compared ? clock.instant().plus(COMPARED_EVERY) : clock.instant());
    }

    private List<UUID> addMissing(KnowledgeKind kind, UUID after) {
        return door.transaction(() -> {
            List<UUID> found = kind.withoutPieces(after, SOURCES);
            door.changed(kind.table(), found);
            return found;
        });
    }
}
