package social.coral.networks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of posts that mention an account, newest first.
 *
 * @param nextToken the token of the next (older) page, or null when this is the last that can be read
 * @param newestId the newest id on this page, also of what was left out, or null when it is empty
 * @param leftOut the posts on this page that could not be read
 */
public record MentionPage(List<AuthoredPost> posts, @Nullable String nextToken, @Nullable String newestId, List<LeftOut> leftOut) {

    public MentionPage {
        posts = List.copyOf(posts);
        leftOut = List.copyOf(leftOut);
    }
}
