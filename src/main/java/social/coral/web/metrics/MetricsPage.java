package social.coral.web.metrics;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.AgentCard;
import social.coral.agents.Agents;
import social.coral.api.Page;
import social.coral.content.EngagementFilter;
import social.coral.content.EngagementReport;
import social.coral.content.EngagementReport.Totals;
import social.coral.content.Personas;
import social.coral.content.PublishedPost;
import social.coral.web.agents.Missing;
import social.coral.web.frame.Listing;
import social.coral.web.frame.Option;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Visitor;

/** What worked? */
@Controller
@RequestMapping(MetricsPage.PATH)
final class MetricsPage {

    static final String PATH = "/metrics";

    private static final int RANKED = 5;
    private static final int GROUPS = 10;

    private final EngagementReport report;
    private final Personas personas;
    private final Agents agents;
    private final Visitor visitor;
    private final Clock clock;

    MetricsPage(EngagementReport report, Personas personas, Agents agents, Visitor visitor, Clock clock) {
        this.report = report;
        this.personas = personas;
        this.agents = agents;
        this.visitor = visitor;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView show(MetricsFilter filter, Page page) {
        Listing<MetricsFilter, PublishedPost> list = Listing.of(PATH, filter, page,
                usable -> report.posts(usable.at(clock.instant()), page),
                usable -> (int) Math.min(page.countLimit(), report.totals(usable.at(clock.instant())).posts()));
        AgentCard agent = agents.get(Agents.METRICS);
        return PageResult.list("metrics/list", list)
                .addObject("agent", agent)
                .addObject("missing", Missing.of(agent))
                .addObject("anywhere", list.total() > 0 || report.totals(EngagementFilter.ALL).posts() > 0)
                .addObject("view", view(list.filter()));
    }

    private MetricsView view(MetricsFilter filter) {
        ZoneId zone = ZoneId.of(visitor.profile().timeZone());
        EngagementFilter chosen = filter.at(clock.instant());
        Totals totals = report.totals(chosen);
        boolean enough = totals.compared() >= EngagementReport.ENOUGH;
        return new MetricsView(totals, filter.step(), report.overTime(chosen, filter.step(), zone), report.byAge(chosen),
                enough ? report.best(chosen, RANKED) : List.of(), enough ? report.worst(chosen, RANKED) : List.of(),
                report.byTopic(chosen, GROUPS), report.byPersona(chosen, GROUPS), report.byHour(chosen, zone), zone,
                personas.names().stream().map(persona -> new Option(persona.id().toString(), persona.name())).toList());
    }

    /** Shows one post with its series. */
    @GetMapping("/{id}")
    ModelAndView post(@PathVariable UUID id) {
        PublishedPost post = report.post(id);
        return PageResult.page("metrics/post").addObject("post", post).addObject("series", report.measurements(id, new Page(Page.MAX_LIMIT, 0)));
    }
}
