package social.coral.content;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which published posts are meant; null means all.
 *
 * @param since only what was published at that time or later
 */
public record EngagementFilter(@Nullable Instant since, PublishedPost.@Nullable Kind kind, @Nullable UUID persona) {

    public static final EngagementFilter ALL = new EngagementFilter(null, null, null);
}
