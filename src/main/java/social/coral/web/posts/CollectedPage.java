package social.coral.web.posts;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Page;
import social.coral.content.CollectedPost;
import social.coral.content.CollectedPosts;
import social.coral.content.PostFilter;
import social.coral.web.frame.Listing;
import social.coral.web.frame.PageResult;

/** What have we got? The posts that were collected or imported. */
@Controller
final class CollectedPage {

    private final CollectedPosts posts;
    private final Clock clock;

    CollectedPage(CollectedPosts posts, Clock clock) {
        this.posts = posts;
        this.clock = clock;
    }

    @GetMapping("/tweets")
    ModelAndView list(CollectedFilter filter, Page page) {
        Instant now = clock.instant();
        SingletonSupplier<PostFilter> wanted = SingletonSupplier.of(() -> posts.resolved(filter.wanted(now)));
        return PageResult.list("posts/collected", Listing.of("/tweets", filter, page,
                        () -> posts.list(wanted.obtain(), filter.order(), page), () -> posts.count(wanted.obtain(), page.countLimit())))
                .addObject("options", options());
    }

    @GetMapping("/tweets/{id}")
    ModelAndView one(@PathVariable UUID id) {
        CollectedPost post = posts.get(id);
        return PageResult.page("posts/collected-one", new CollectedPostView(post, posts.conversation(post), options()));
    }

    private FilterOptions options() {
        return new FilterOptions(
                posts.count(PostFilter.ALL.from(CollectedPost.Source.COLLECTED)),
                posts.count(PostFilter.ALL.from(CollectedPost.Source.IMPORTED)),
                posts.networks().size() > 1);
    }
}
