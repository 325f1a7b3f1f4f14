package social.coral.web.posts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.content.CollectedPost;
import social.coral.web.frame.Paging;

/**
 * The list of collected posts.
 *
 * @param stock what there is, whatever the filter
 * @param problem what is wrong with the filter, if it cannot be used
 * @param isEmpty whether there is no post at all, whatever the filter
 */
public record CollectedView(
        CollectedFilter filter, List<CollectedPost> posts, Paging paging, FilterOptions stock, @Nullable String problem, boolean isEmpty) {}
