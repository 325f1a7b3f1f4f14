package social.coral.web.knowledge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.CollectedPosts;
import social.coral.content.PostFilter;
import social.coral.knowledge.KnowledgeAnswer;
import social.coral.knowledge.KnowledgeSearch;
import social.coral.web.frame.Address;
import social.coral.web.frame.Listing;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Visitor;

/** What do we know about something? */
@Controller
final class KnowledgePage {

    static final String PATH = "/knowledge";

    private static final KnowledgeAnswer NOTHING_ASKED = new KnowledgeAnswer(List.of(), null);
    private static final Page ALL = new Page(KnowledgeFilter.SHOWN, 0);

    private final KnowledgeSearch search;
    private final CollectedPosts posts;
    private final Agents agents;
    private final Visitor visitor;

    KnowledgePage(KnowledgeSearch search, CollectedPosts posts, Agents agents, Visitor visitor) {
        this.search = search;
        this.posts = posts;
        this.agents = agents;
        this.visitor = visitor;
    }

    @GetMapping(PATH)
    ModelAndView search(KnowledgeFilter filter, HttpServletRequest request, HttpServletResponse response) {
        try {
            return page(filter, null);
        } catch (Failure refused) {
            // A script leaves what it shows and adds the sentence.
            if (PageResult.isForScript(request)) {
                throw refused;
            }
            refused.retryAfter().ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds.toString()));
            ModelAndView page = page(filter, refused.sentence());
            page.setStatus(refused.status());
            return page;
        }
    }

    /** @param refused why nothing is searched now; null to search */
    private ModelAndView page(KnowledgeFilter filter, @Nullable String refused) {
        ZoneId zone = ZoneId.of(visitor.profile().timeZone());
        KnowledgeAnswer[] answer = {NOTHING_ASKED};
        Listing<KnowledgeFilter, FoundText> list = Listing.of(PATH, filter, ALL,
                usable -> {
                    usable.check();
                    answer[0] = usable.asks() && refused == null ? search.search(usable.wanted(zone)) : NOTHING_ASKED;
                    return FoundText.all(answer[0].results(), agents.titles(), Address.of(PATH, usable));
                },
                usable -> answer[0].results().size());
        return PageResult.list("knowledge/search", list)
                .addObject("posts", posts.count(PostFilter.ALL))
                .addObject("others", search.countBeside(CollectedPosts.KIND))
                .addObject("ignored", filter.narrowing() - list.filter().narrowing())
                .addObject("days", filter.problemOfDays())
                .addObject("notice", answer[0].notice())
                .addObject("refused", refused);
    }
}
