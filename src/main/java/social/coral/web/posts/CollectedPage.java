package social.coral.web.posts;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.CollectedPost;
import social.coral.content.CollectedPosts;
import social.coral.content.PostFilter;
import social.coral.content.PostOrder;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Paging;

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
    ModelAndView list(
            Page page,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String author,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String within,
            @RequestParam(required = false) @Nullable String sort) {
        CollectedFilter filter = CollectedFilter.of(q, author, status, source, within, sort);
        FilterOptions stock = stock();
        try {
            PostFilter wanted = filter.at(clock.instant());
            List<CollectedPost> shown = posts.list(wanted, PostOrder.of(filter.sort()), page);
            int total = posts.count(wanted, page.counted());
            Paging paging = new Paging(filter.address(), page, shown.size(), total);
            return PageResult.list("posts/collected", new CollectedView(filter, shown, paging, stock, null, total == 0 && filter.isOpen()), paging);
        } catch (Failure refused) {
            Paging nothing = new Paging(filter.address(), page, 0, 0);
            return PageResult.refused("posts/collected", new CollectedView(filter, List.of(), nothing, stock, refused.sentence(), false));
        }
    }

    @GetMapping("/tweets/{id}")
    ModelAndView one(@PathVariable UUID id) {
        CollectedPost post = posts.get(id);
        return PageResult.page("posts/collected-one", new CollectedPostView(post, posts.conversation(post), stock()));
    }

    private FilterOptions stock() {
        return new FilterOptions(
                posts.count(PostFilter.ALL.from(CollectedPost.Source.COLLECTED)),
                posts.count(PostFilter.ALL.from(CollectedPost.Source.IMPORTED)),
                posts.networks().size() > 1,
                posts.any(PostFilter.of(CollectedPost.Status.PROCESSED.toString(), null, null)));
    }
}
