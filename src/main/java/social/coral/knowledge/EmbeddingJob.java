package social.coral.knowledge;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import social.coral.jobs.Lane;
import social.coral.jobs.Turn;
import social.coral.knowledge.ItemRows.Item;

/** Turns new texts of a tenant into vectors, by the models of one kind. */
class EmbeddingJob extends KnowledgeTask {

    /** By the model in the process. */
    static final String NAME = "embedding";
    /** By models of services, in any process. */
    static final String OF_SERVICES = "service-embedding";

    private static final int TEXTS = 16;

    private final Models models;
    private final EmbeddingChoices choices;
    private final ItemRows items;
    private final VectorRows vectors;
    private final Generations generations;
    private final KnowledgeIndexes indexes;

    EmbeddingJob(String name, Lane lane, Models models, EmbeddingChoices choices, ItemRows items, VectorRows vectors, Generations generations,
            KnowledgeIndexes indexes, Clock clock) {
        super(name, lane, clock);
        this.models = models;
        this.choices = choices;
        this.items = items;
        this.vectors = vectors;
        this.generations = generations;
        this.indexes = indexes;
    }

    /** The job that makes the vectors of a choice. */
    static String of(EmbeddingChoice choice) {
        return choice.isPaid() ? OF_SERVICES : NAME;
    }

    /** The embeddings of a choice for the current tenant; empty where another job makes them. */
    interface Models {
        Optional<Embeddings> of(EmbeddingChoice choice, Turn turn);
    }

    @Override
    Optional<Instant> work(String key, Turn turn) {
        return models.of(choices.current(), turn).map(chosen -> complete(chosen, turn)).orElseGet(() -> keepUp(turn));
    }

    private Optional<Instant> complete(Embeddings chosen, Turn turn) {
        Generation generation = generations.of(chosen.model(), chosen.width());
        if (generation.pause() != null && generation.pause().until().isAfter(clock.instant())) {
            return Optional.of(generation.pause().until());
        }
        @Nullable Instant until = null;
        boolean embedded = false;
        try {
            embedded = embed(generation, chosen, turn);
        } catch (EmbeddingsPaused pause) {
            generations.pause(generation, pause);
            until = pause.until();
        }
        boolean indexed = index(generation, turn);
        if (until != null && indexed) {
            return Optional.of(until);
        }
        if (!embedded || !indexed) {
            return Optional.of(clock.instant());
        }
        generations.complete(generation);
        List<Generation> before = generations.list();
        List<Generation> left = before.size() > 1 ? generations.removeBut(generation) : before;
        if (left.size() < before.size()) {
            indexes.removeBut(left);
        }
        return left.size() > 1 ? Optional.of(generation.chosenAt().plus(Generations.PAID_KEPT)) : Optional.empty();
    }

    /** While the chosen model has not made all vectors, a free one that searches ask until then makes those of new texts as well. */
    private Optional<Instant> keepUp(Turn turn) {
        List<Generation> asked = generations.toAsk();
        if (asked.isEmpty() || !asked.getFirst().complete() || choices.current().isOf(asked.getFirst())) {
            return Optional.empty();
        }
        Generation older = asked.getFirst();
        Optional<Embeddings> model = EmbeddingChoice.of(older).filter(choice -> !choice.isPaid()).flatMap(choice -> models.of(choice, turn));
        if (model.isEmpty()) {
            return Optional.empty();
        }
        boolean embedded = embed(older, model.get(), turn);
        return index(older, turn) && embedded ? Optional.empty() : Optional.of(clock.instant());
    }

    private boolean index(Generation generation, Turn turn) {
        return indexes.follow(indexes.followedVectors(generation), turn::isOver, turn::progressed, PATIENCE);
    }

    /** Returns whether every text has a vector of the generation. */
    private boolean embed(Generation generation, Embeddings embeddings, Turn turn) {
        long from = generation.embeddedTo();
        while (!turn.isOver()) {
            List<Item> next = items.after(from, TEXTS);
            if (next.isEmpty()) {
                return true;
            }
            List<float[]> made = turn.outside(() -> embeddings.of(next.stream().map(Item::text).toList()));
            if (!vectors.add(generation, next, made)) {
                return false;
            }
            from = next.getLast().change();
            turn.progressed();
        }
        return false;
    }
}
