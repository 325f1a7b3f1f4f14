package social.coral.networks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of posts, newest first.
 *
 * @param nextToken the token of the next (older) page, or null when this is the last
 * @param newestId the newest id on this page, also of what was left out, or null when it is empty
 * @param leftOut the posts on this page that could not be read
 */
public record PostPage(List<Post> posts, @Nullable String nextToken, @Nullable String newestId, List<LeftOut> leftOut) {

    public PostPage {
        posts = List.copyOf(posts);
        leftOut = List.copyOf(leftOut);
    }

    /** The same page as the last one that is read. */
    public PostPage asLast() {
        return new PostPage(posts, null, newestId, leftOut);
    }
}
