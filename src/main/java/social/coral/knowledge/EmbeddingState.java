package social.coral.knowledge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which model embeds a tenant's texts, and how far it is.
 *
 * @param embeddings the choice
 * @param answering the model that searches ask now; null while there is none, so that words alone are searched
 * @param texts pieces of texts in all
 * @param embedded those of which the chosen model has made vectors
 * @param refused those that the chosen model's service has refused to read, so that they are found by their words alone; counted when nothing else is left
 * @param remainingCostMicroUsd about what the others cost at list price, in millionths of a US dollar
 * @param waiting why no more vectors are made for now; null while they are
 */
public record EmbeddingState(
        EmbeddingChoice embeddings, @Nullable EmbeddingChoice answering, long texts, long embedded, long refused, long remainingCostMicroUsd,
        @Nullable Waiting waiting) {

    /**
     * Why nothing goes on for now.
     *
     * @param reason a sentence with what can be done about it
     * @param until when it is tried again
     */
    public record Waiting(String code, String reason, Instant until) {}
}
