package social.coral.web.posts;

import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Page;
import social.coral.content.CollectedPost;
import social.coral.content.CollectedPosts;
import social.coral.web.frame.Address;
import social.coral.web.frame.PageResult;

/** What have we got? The posts that were collected from accounts. */
@Controller
final class CollectedPage {

    private final PostLists lists;
    private final CollectedPosts posts;

    CollectedPage(PostLists lists, CollectedPosts posts) {
        this.lists = lists;
        this.posts = posts;
    }

    /** @param source a filter in addresses from before imported posts had a page of their own */
    @GetMapping("/tweets")
    ModelAndView list(CollectedFilter filter, @RequestParam(defaultValue = "") String source, Page page) {
        return source.equals("imported")
                ? PageResult.seeOther(Address.of(ArchivePage.PATH, filter).toString())
                : lists.page("posts/collected", "/tweets", CollectedPost.Source.COLLECTED, filter, page).addObject("mixed", isMixed());
    }

    @GetMapping("/tweets/{id}")
    ModelAndView one(@PathVariable UUID id) {
        CollectedPost post = posts.get(id);
        return PageResult.page("posts/collected-one", new CollectedPostView(post, posts.conversation(post), isMixed()));
    }

    /** Reports whether some posts are from X and some from the sandbox, so that a page says which. */
    private boolean isMixed() {
        return posts.networks().size() > 1;
    }
}
