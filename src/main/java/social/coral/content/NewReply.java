package social.coral.content;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reply that an agent writes.
 *
 * @param postId the collected post or the mention that it answers
 * @param model the model that it is written with, or {@code extracts}
 */
public record NewReply(UUID postId, String content, List<TextSource> sources, @Nullable String model) {}
