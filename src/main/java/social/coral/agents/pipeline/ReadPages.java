package social.coral.agents.pipeline;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.networks.Post;
import social.coral.networks.PostPage;

/** The pages that a visit has read in a run, to notice a network that leads it in a circle, where each page costs money. */
final class ReadPages {

    private final Set<String> tokens = new HashSet<>();
    private final Set<String> ids = new HashSet<>();

    /**
     * Returns the page, as the last one if it brings nothing but what was read before, or leads back to such a page.
     *
     * @param token the page's own token; null for the newest page, with which reading starts
     */
    PostPage add(@Nullable String token, PostPage page) {
        if (token == null) {
            tokens.clear();
            ids.clear();
        } else {
            tokens.add(token);
        }
        boolean bringsMore = ids.addAll(page.posts().stream().map(Post::id).toList()) || page.posts().isEmpty() || !page.leftOut().isEmpty();
        if (page.nextToken() == null) {
            return page;
        }
        return tokens.contains(page.nextToken()) ? page.withoutRest("the network names a page that was read before as the next one")
                : bringsMore ? page : page.withoutRest("the network sends the same posts again as the next page");
    }
}
