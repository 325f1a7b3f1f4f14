package social.coral.knowledge;

import java.util.List;

/** Turns texts into vectors of length 1, which are the nearer the closer the texts are in meaning. */
interface Embeddings {

    /** The model's name. Vectors of different models cannot be compared, also not those of the same width. */
    String model();

    int width();

    /** How much of a text the model has words for, from 0 to 1. The less it is, the less the nearness of its vector says. */
    default double known(String text) {
        return 1;
    }

    /** A vector for each text, in their order; one of no numbers for a text that a service refuses. {@link EmbeddingsFault} where there are none now. */
    List<float[]> of(List<String> texts);
}
