package social.coral.knowledge;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import social.coral.jobs.Turn;
import social.coral.knowledge.ItemRows.Item;

/** Turns new texts of a tenant into vectors, in processes that have a model for it. */
@Component
@Conditional(KnowledgeConfiguration.WithModel.class)
class EmbeddingJob extends KnowledgeTask {

    static final String NAME = "embedding";

    private static final int TEXTS = 64;

    private final ItemRows items;
    private final VectorRows vectors;
    private final Generations generations;
    private final Embeddings embeddings;
    private final KnowledgeIndexes indexes;

    EmbeddingJob(ItemRows items, VectorRows vectors, Generations generations, Embeddings embeddings, KnowledgeIndexes indexes, Clock clock) {
        super(NAME, clock);
        this.items = items;
        this.vectors = vectors;
        this.generations = generations;
        this.embeddings = embeddings;
        this.indexes = indexes;
    }

    @Override
    Optional<Instant> work(String key, Turn turn) {
        Generation generation = generations.of(embeddings);
        boolean embedded = embed(generation, turn);
        boolean indexed = indexes.follow(indexes.followedVectors(generation), turn::isOver, turn::progressed, PATIENCE);
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
