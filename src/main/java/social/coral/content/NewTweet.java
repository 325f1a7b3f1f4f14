package social.coral.content;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A single post that an agent writes.
 *
 * @param model the model that it is written with, or {@code extracts}
 */
public record NewTweet(String content, List<TextSource> sources, @Nullable String model, @Nullable UUID blogId, @Nullable UUID insightId) {}
