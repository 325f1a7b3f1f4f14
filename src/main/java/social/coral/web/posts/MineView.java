package social.coral.web.posts;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.content.PostStatus;
import social.coral.content.Tweet;
import social.coral.web.frame.Paging;

/**
 * The list of one's own posts, with the box for writing another.
 *
 * @param statuses those that some post has
 * @param problem what is wrong with the filter, if it cannot be used
 * @param isEmpty whether there is no post at all, whatever the filter
 */
public record MineView(
        MineFilter filter, List<Tweet> tweets, Paging paging, ComposerView composer, List<PostStatus> statuses,
        @Nullable String problem, boolean isEmpty) {

    /** What the list can be narrowed to: what there is, drafts, and what is chosen already. */
    public List<PostStatus> offered() {
        return Arrays.stream(PostStatus.values())
                .filter(status -> status == PostStatus.DRAFT || statuses.contains(status) || status.toString().equals(filter.status()))
                .toList();
    }
}
