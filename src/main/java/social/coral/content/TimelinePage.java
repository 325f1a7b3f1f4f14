package social.coral.content;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of an account's timeline, as the network gave it.
 *
 * @param newestId the newest id on it, also of what was no post and is not asked for again
 * @param nextToken where the next page begins, or null when the visit ends with this one
 */
public record TimelinePage(List<NewPost> posts, @Nullable String newestId, @Nullable String nextToken) {

    public TimelinePage {
        posts = List.copyOf(posts);
    }
}
