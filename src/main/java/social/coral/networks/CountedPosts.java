package social.coral.networks;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How posts are doing.
 *
 * @param posts by their ids, those that could be counted
 * @param gone the ids of those that the network says do not exist
 */
public record CountedPosts(Map<String, Count> posts, Set<String> gone) {

    /**
     * What is counted of one post.
     *
     * @param quotes null where the network does not say
     * @param impressions how often it was shown; null where the network does not say
     */
    public record Count(PostCounts counts, @Nullable Integer quotes, @Nullable Integer impressions) {}
}
