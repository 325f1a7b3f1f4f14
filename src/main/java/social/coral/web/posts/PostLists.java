package social.coral.web.posts;

import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Page;
import social.coral.content.CollectedPost.Source;
import social.coral.content.CollectedPosts;
import social.coral.content.PostFilter;
import social.coral.web.frame.Listing;
import social.coral.web.frame.PageResult;

/** Lists of posts that were collected or imported. */
@Component
class PostLists {

    private final CollectedPosts posts;
    private final Clock clock;

    PostLists(CollectedPosts posts, Clock clock) {
        this.posts = posts;
        this.clock = clock;
    }

    ModelAndView page(String template, String path, Source source, CollectedFilter filter, Page page) {
        Instant now = clock.instant();
        PostFilter[] wanted = {PostFilter.ALL};
        return PageResult.list(template, Listing.of(path, filter, page,
                        usable -> {
                            wanted[0] = posts.resolved(usable.wanted(source, now));
                            return posts.list(wanted[0], usable.order(), page);
                        },
                        usable -> posts.count(wanted[0], page.countLimit())))
                .addObject("stored", posts.count(PostFilter.ALL.from(source)));
    }
}
