package social.coral.knowledge;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import social.coral.jobs.Jobs;
import social.coral.knowledge.TenantVectors.Hit;

/**
 * Searches the current tenant's texts by their meaning: with the chosen model, or with the one before until the chosen one has made all
 * vectors. Vectors of two models are never compared.
 */
@Component
class MeaningSearch {

    private static final Logger log = LoggerFactory.getLogger(MeaningSearch.class);
    private static final String BY_ANOTHER_MODEL = "Meaning was searched with the model that you used before. ";
    private static final String UNREAD = "Your newest posts can only be found by their words until they are indexed.";
    private static final String FILLED_AGAIN = "Meaning was searched in part of your posts, because the vector server is being filled. Search again in a minute.";

    private final KnowledgeIndexes indexes;
    private final ItemRows rows;
    private final Generations generations;
    private final EmbeddingModels models;
    private final Jobs jobs;
    private final Clock clock;

    MeaningSearch(KnowledgeIndexes indexes, ItemRows rows, Generations generations, EmbeddingModels models, Jobs jobs, Clock clock) {
        this.indexes = indexes;
        this.rows = rows;
        this.generations = generations;
        this.models = models;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * A question as a model has read it.
     *
     * @param generation whose vectors it is compared with; null where there are none yet
     * @param known how much of the question the model has words for
     */
    record Asked(@Nullable Generation generation, float[] vector, double known) {}

    /**
     * Has a model read a question, which may wait for a service; empty where this process has no model to ask. {@link EmbeddingsFault} where none
     * that it has can be asked now.
     *
     * @param notices gets why it was another model than the chosen one
     */
    Optional<Asked> ask(KnowledgeQuestion question, Set<String> notices) {
        @Nullable EmbeddingsFault first = null;
        List<Generation> all = generations.toAsk();
        if (all.isEmpty() && models.anyOfQuestions()) {
            return Optional.of(new Asked(null, new float[0], 0));
        }
        for (Generation generation : all) {
            Optional<Embeddings> model = EmbeddingChoice.of(generation).flatMap(models::ofQuestions);
            if (model.isEmpty()) {
                continue;
            }
            try {
                Asked asked = new Asked(generation, model.get().of(List.of(question.text())).getFirst(), model.get().known(question.text()));
                if (first != null) {
                    notices.add(BY_ANOTHER_MODEL + sentence(first));
                }
                return Optional.of(asked);
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

    /**
     * Finds the texts that are nearest to a question, the nearest first.
     *
     * @param notices gets why there may be more
     */
    List<Hit> nearest(Asked asked, KnowledgeQuestion question, int limit, Set<String> notices) {
        Generation generation = asked.generation();
        if (generation == null) {
            if (rows.isAnyAfter(0)) {
                notices.add(UNREAD);
            }
            return List.of();
        }
        FollowedIndex followed = indexes.followedVectors(generation);
        boolean shared = indexes.vectors().position(generation.number()).isEmpty();
        boolean upToDate = shared ? indexes.isUpToDate(followed) : indexes.followShortly(followed);
        List<Hit> hits = indexes.vectors().nearest(generation.number(), asked.vector(), question.narrowing(), limit);
        if (shared && (!upToDate || hits.isEmpty() && followed.count() < followed.stored().count())) {
            // A server that was emptied, of which the database knows nothing.
            jobs.announce(KnowledgeJob.NAME, KnowledgeJob.INDEX, clock.instant());
            notices.add(FILLED_AGAIN);
        } else if (!upToDate || rows.isAnyAfter(generation.embeddedTo())) {
            notices.add(UNREAD);
        }
        return hits;
    }
}
