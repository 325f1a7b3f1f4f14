package social.coral.web.posts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.content.Tweet;
import social.coral.web.frame.Paging;

/**
 * The list of one's own posts, with the box for writing another.
 *
 * @param problem what is wrong with the filter, if it cannot be used
 * @param isEmpty whether there is no post at all, whatever the filter
 */
public record MineView(
        MineFilter filter, List<Tweet> tweets, Paging paging, ComposerView composer, @Nullable String problem, boolean isEmpty) {}
