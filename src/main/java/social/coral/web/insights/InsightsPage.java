package social.coral.web.insights;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.AgentCard;
import social.coral.agents.Agents;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.CollectedPost;
import social.coral.content.Findings;
import social.coral.content.Insight;
import social.coral.content.Insights;
import social.coral.web.agents.Missing;
import social.coral.web.frame.Listing;
import social.coral.web.frame.LocalPath;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** What is worth talking about? */
@Controller
@RequestMapping(InsightsPage.PATH)
final class InsightsPage {

    static final String PATH = "/insights";

    /** The posts of a topic are all shown. */
    record Unfiltered() {}

    private final Insights insights;
    private final Findings findings;
    private final Agents agents;

    InsightsPage(Insights insights, Findings findings, Agents agents) {
        this.insights = insights;
        this.findings = findings;
        this.agents = agents;
    }

    @GetMapping
    ModelAndView list(InsightFilter filter, Page page) {
        Listing<InsightFilter, InsightView> list = Listing.of(PATH, filter, page,
                usable -> InsightView.all(insights.list(usable.q(), usable.dismissed(), usable.order(), page), insights, findings),
                usable -> insights.count(usable.q(), usable.dismissed(), page.countLimit()));
        AgentCard agent = agents.get(Agents.TOPICS);
        return PageResult.list("insights/list", list)
                .addObject("agent", agent)
                .addObject("missing", Missing.of(agent))
                .addObject("anyDismissed", list.isEmpty() && insights.count(null, true, 1) > 0);
    }

    /** Shows one topic with all its posts, the strongest first. */
    @GetMapping("/{id}")
    ModelAndView show(@PathVariable UUID id, Page page) {
        Insight topic = insights.get(id);
        Listing<Unfiltered, CollectedPost> posts =
                Listing.of(PATH + "/" + id, new Unfiltered(), page, all -> insights.posts(id, page), all -> topic.posts());
        return PageResult.page("insights/show").addObject("row", InsightView.all(List.of(topic), insights, findings).getFirst()).addObject("posts", posts);
    }

    @PostMapping("/{id}/dismiss")
    ModelAndView dismiss(@PathVariable UUID id, @RequestParam(defaultValue = "") String back) {
        return changed(id, true, back, " is dismissed. You find it under “Dismissed”.");
    }

    @PostMapping("/{id}/restore")
    ModelAndView restore(@PathVariable UUID id, @RequestParam(defaultValue = "") String back) {
        return changed(id, false, back, " is back in the list.");
    }

    private ModelAndView changed(UUID id, boolean dismissed, String back, String told) {
        try {
            Insight insight = insights.dismiss(id, dismissed);
            return PageResult.seeOther(LocalPath.or(back, PATH), Toast.done("“" + insight.topic() + "”" + told));
        } catch (Failure refused) {
            String why = refused.code().equals("not_found") ? "This topic is not there any more." : refused.sentence();
            return PageResult.seeOther(LocalPath.or(back, PATH), Toast.problem(why));
        }
    }
}
