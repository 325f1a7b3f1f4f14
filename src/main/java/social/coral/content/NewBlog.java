package social.coral.content;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A blog post that an agent writes.
 *
 * @param model the model that it is written with, or {@code extracts}
 */
public record NewBlog(
        String title, String content, List<TextSource> sources, @Nullable String model, @Nullable UUID insightId, @Nullable UUID personaId) {}
