package social.coral.knowledge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import social.coral.jobs.Job;
import social.coral.jobs.JobTask;
import social.coral.jobs.Lane;
import social.coral.jobs.Turn;
import social.coral.knowledge.ItemRows.Item;

/** Turns new texts of a tenant into vectors, in processes that have a model for it. */
@Component
@Conditional(KnowledgeConfiguration.WithModel.class)
class EmbeddingJob implements JobTask {

    static final String NAME = "embedding";

    private static final Duration RETRY_DELAY = Duration.ofMinutes(1);
    private static final int TEXTS = 64;

    private static final Logger log = LoggerFactory.getLogger(EmbeddingJob.class);

    private final ItemRows items;
    private final VectorRows vectors;
    private final Generations generations;
    private final Embeddings embeddings;
    private final KnowledgeIndexes indexes;
    private final Clock clock;

    EmbeddingJob(ItemRows items, VectorRows vectors, Generations generations, Embeddings embeddings, KnowledgeIndexes indexes, Clock clock) {
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
            return KnowledgeJob.callFor(job.tenant(), () -> embed(turn));
        } catch (IndexFault | EmbeddingsFault e) {
            log.warn("Some of a tenant's texts cannot be found by their meaning yet. {}", e.getMessage());
            return Optional.of(clock.instant().plus(RETRY_DELAY));
        }
    }

    private Optional<Instant> embed(Turn turn) {
        Generation generation = generations.of(embeddings);
        boolean embedded = embed(generation, turn);
        boolean indexed = indexes.follow(indexes.followedVectors(generation), turn::isOver, turn::progressed, Duration.ofSeconds(1));
        if (!embedded || !indexed) {
            return Optional.of(clock.instant());
        }
        if (generations.removeBefore(generation)) {
            indexes.vectors().removeBefore(generation.number());
        }
        return Optional.empty();
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
}
