package social.coral.models;

import java.time.Duration;
import java.util.List;

/** Embeddings of OpenAI, or of any server that speaks its interface, made with the tenant's own key. */
public interface TextEmbeddings {

    /**
     * Returns a vector of length 1 for each text, in their order. What is beyond 8,000 bytes of a text is left out, so that no text has more
     * tokens than the models read. Without an answer it is a {@link social.coral.services.ServiceFault}.
     *
     * @param width how many numbers a vector has
     * @param patience how long one call may take
     */
    List<float[]> of(String model, int width, List<String> texts, Duration patience);
}
