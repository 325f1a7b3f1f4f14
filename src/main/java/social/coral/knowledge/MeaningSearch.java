package social.coral.knowledge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import social.coral.knowledge.TenantVectors.Hit;

/**
 * Searches the current tenant's texts by their meaning: with the chosen model, or with the one before until the chosen one has made all
 * vectors. Vectors of two models are never compared.
 */
@Component
class MeaningSearch {

    private static final Logger log = LoggerFactory.getLogger(MeaningSearch.class);
    private static final String BY_ANOTHER_MODEL = "Meaning was searched with the model that you used before. ";

    private final KnowledgeIndexes indexes;
    private final ItemRows rows;
    private final Generations generations;
    private final EmbeddingModels models;

    MeaningSearch(KnowledgeIndexes indexes, ItemRows rows, Generations generations, EmbeddingModels models) {
        this.indexes = indexes;
        this.rows = rows;
        this.generations = generations;
        this.models = models;
    }

    /**
     * The nearest texts, the nearest first.
     *
     * @param known how much of the question the model has words for
     */
    record Nearest(List<Hit> hits, double known) {}

    /**
     * Finds the texts that are nearest to a question; empty where this process has no model to ask. {@link EmbeddingsFault} where none that
     * it has can be asked now.
     *
     * @param notices gets why there may be more
     */
    Optional<Nearest> nearest(KnowledgeQuestion question, Set<String> notices) {
        @Nullable EmbeddingsFault first = null;
        for (Generation generation : generations.toAsk()) {
            Optional<Embeddings> model = EmbeddingChoice.of(generation).flatMap(models::ofQuestions);
            if (model.isEmpty()) {
                continue;
            }
            try {
                Nearest nearest = nearest(generation, model.get(), question, notices);
                if (first != null) {
                    notices.add(BY_ANOTHER_MODEL + sentence(first));
                }
                return Optional.of(nearest);
            } catch (EmbeddingsFault e) {
                log.debug("A model was not asked for a question. {}", e.getMessage());
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return Optional.empty();
    }

    private static String sentence(EmbeddingsFault fault) {
        return fault instanceof EmbeddingsPaused pause ? pause.sentence() : "The one that you chose does not work right now.";
    }

    private Nearest nearest(Generation generation, Embeddings model, KnowledgeQuestion question, Set<String> notices) {
        float[] vector = model.of(List.of(question.text())).getFirst();
        FollowedIndex followed = indexes.followedVectors(generation);
        boolean upToDate = indexes.vectors().position(generation.number()).isPresent() ? indexes.followShortly(followed) : indexes.isUpToDate(followed);
        if (!upToDate || rows.isAnyAfter(generation.embeddedTo())) {
            notices.add(KnowledgeSearch.BEHIND);
        }
        List<Hit> hits = indexes.vectors().nearest(generation.number(), vector, question.narrowing(), JointRanking.DEPTH);
        return new Nearest(hits, model.known(question.text()));
    }
}
