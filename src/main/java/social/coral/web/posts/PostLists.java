package social.coral.web.posts;

import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
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
        SingletonSupplier<PostFilter> wanted = SingletonSupplier.of(() -> posts.resolved(filter.wanted(source, now)));
        return PageResult.list(template, Listing.of(path, filter, page,
                        () -> posts.list(wanted.obtain(), filter.order(), page), () -> posts.count(wanted.obtain(), page.countLimit())))
                .addObject("stored", posts.count(PostFilter.ALL.from(source)));
    }
}
