package social.coral.content;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A thread that an agent writes.
 *
 * @param model the model that it is written with, or {@code extracts}
 */
public record NewThread(
        @Nullable String title, List<String> parts, List<TextSource> sources, @Nullable String model, @Nullable UUID blogId, @Nullable UUID insightId) {}
