package social.coral.knowledge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import social.coral.api.AccountGone;
import social.coral.jobs.Job;
import social.coral.jobs.JobTask;
import social.coral.jobs.Lane;
import social.coral.jobs.Turn;
import social.coral.knowledge.ItemRows.Item;
import social.coral.tenancy.TenantDoor;

/** Turns new texts of a tenant into vectors and keeps its indexes up to date. */
@Component
class KnowledgeJob implements JobTask {

    static final String NAME = "knowledge";
    /** The key of the job that follows changes. */
    static final String INDEX = "index";
    /** The key of the job that looks through everything, each day. */
    static final String ALL = "all";

    static final Duration COMPARED_EVERY = Duration.ofDays(1);
    private static final Duration RETRY_DELAY = Duration.ofMinutes(1);
    private static final int TEXTS = 64;
    private static final int SOURCES = 500;

    private static final Logger log = LoggerFactory.getLogger(KnowledgeJob.class);

    private final TenantDoor door;
    private final List<KnowledgeKind> kinds;
    private final ItemRows items;
    private final VectorRows vectors;
    private final Generations generations;
    private final Embeddings embeddings;
    private final KnowledgeIndexes indexes;
    private final Clock clock;

    KnowledgeJob(TenantDoor door, List<KnowledgeKind> kinds, ItemRows items, VectorRows vectors, Generations generations,
            Embeddings embeddings, KnowledgeIndexes indexes, Clock clock) {
        this.door = door;
        this.kinds = kinds;
        this.items = items;
        this.vectors = vectors;
        this.generations = generations;
        this.embeddings = embeddings;
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
            return job.tenant().call(() -> job.key().equals(ALL) ? lookThrough(turn) : follow(turn));
        } catch (AccountGone e) {
            return Optional.empty();
        } catch (IndexFault | EmbeddingsFault e) {
            log.warn("What a tenant can search is not up to date. {}", e.getMessage());
            return Optional.of(clock.instant().plus(RETRY_DELAY));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Instant> follow(Turn turn) {
        boolean words = indexes.follow(indexes.followedWords(), turn::isOver, turn::progressed, Duration.ofSeconds(1));
        Generation generation = generations.of(embeddings);
        boolean embedded = embed(generation, turn);
        boolean points = indexes.follow(indexes.followedVectors(generation), turn::isOver, turn::progressed, Duration.ofSeconds(1));
        if (words && embedded && points) {
            if (generations.removeBefore(generation)) {
                indexes.vectors().removeBefore(generation.number());
            }
            return Optional.empty();
        }
        return Optional.of(clock.instant());
    }

    /** Returns whether every text has a vector of the generation. */
    private boolean embed(Generation generation, Turn turn) {
        long from = generation.embeddedTo();
        while (!turn.isOver()) {
            List<Item> next = items.after(from, TEXTS);
            if (next.isEmpty()) {
                return true;
            }
            List<float[]> made = turn.outside(() -> embeddings.of(next.stream().map(Item::text).toList()));
            vectors.add(generation, next, made);
            from = next.getLast().change();
            turn.progressed();
        }
        return false;
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
        boolean compared = Follower.compare(indexes.followedWords(), turn::isStopping)
                && Follower.compare(indexes.followedVectors(generations.of(embeddings)), turn::isStopping);
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
