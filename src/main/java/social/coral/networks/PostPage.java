package social.coral.networks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of posts, newest first.
 *
 * @param nextToken the token of the next (older) page, or null when this is the last
 * @param newestId the newest id on this page, also of what was left out, or null when it is empty
 * @param leftOut the posts on this page that could not be read
 * @param olderVersions the ids of the earlier versions of posts that were edited, by their ids
 * @param unreadCounts how many of the posts have a count that could not be read, and is 0
 * @param restLost why the pages that follow cannot be read, such as "the next page has no usable token"; null if they can
 */
public record PostPage(
        List<Post> posts,
        @Nullable String nextToken,
        @Nullable String newestId,
        List<LeftOut> leftOut,
        Map<String, List<String>> olderVersions,
        int unreadCounts,
        @Nullable String restLost) {

    public PostPage {
        posts = List.copyOf(posts);
        leftOut = List.copyOf(leftOut);
        olderVersions = Map.copyOf(olderVersions);
    }

    public PostPage(List<Post> posts, @Nullable String nextToken, @Nullable String newestId, List<LeftOut> leftOut) {
        this(posts, nextToken, newestId, leftOut, Map.of(), 0, null);
    }

    /** The same page as the last one that is read. */
    public PostPage asLast() {
        return new PostPage(posts, null, newestId, leftOut, olderVersions, unreadCounts, restLost);
    }

    /** The same page, for which the network names no way to the next one. */
    public PostPage withoutRest(String why) {
        return new PostPage(posts, null, newestId, leftOut, olderVersions, unreadCounts, why);
    }
}
