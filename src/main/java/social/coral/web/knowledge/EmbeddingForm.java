package social.coral.web.knowledge;

import org.jspecify.annotations.Nullable;

/** The choice of a model as it is sent. */
public record EmbeddingForm(@Nullable String embeddings) {}
