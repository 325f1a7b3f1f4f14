package social.coral.web.dashboard;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.AgentCard;
import social.coral.agents.AgentLogs;
import social.coral.agents.Agents;
import social.coral.api.Page;
import social.coral.content.CollectedPost;
import social.coral.content.CollectedPosts;
import social.coral.content.PostFilter;
import social.coral.content.PostStatus;
import social.coral.content.ScheduledTexts;
import social.coral.content.Tweets;
import social.coral.content.XAccount;
import social.coral.content.XAccounts;
import social.coral.usage.Standing;
import social.coral.usage.Standings;
import social.coral.web.agents.Collecting;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Visitor;
import social.coral.web.logs.LogRow;

/** What needs me? */
@Controller
final class DashboardPage {

    private static final Page RECENT = new Page(8, 0);
    private static final Duration AHEAD = Duration.ofDays(7);
    private static final int MOST_SCHEDULED = 20;

    private final ActionItems needs;
    private final Reviews reviews;
    private final Visitor visitor;
    private final CollectedPosts collected;
    private final XAccounts accounts;
    private final Tweets tweets;
    private final ScheduledTexts scheduled;
    private final Clock clock;
    private final Standings standings;
    private final AgentLogs logs;
    private final Agents agents;

    DashboardPage(
            ActionItems needs,
            Reviews reviews,
            Visitor visitor,
            CollectedPosts collected,
            XAccounts accounts,
            Tweets tweets,
            ScheduledTexts scheduled,
            Clock clock,
            Standings standings,
            AgentLogs logs,
            Agents agents) {
        this.needs = needs;
        this.reviews = reviews;
        this.visitor = visitor;
        this.collected = collected;
        this.accounts = accounts;
        this.tweets = tweets;
        this.scheduled = scheduled;
        this.clock = clock;
        this.standings = standings;
        this.logs = logs;
        this.agents = agents;
    }

    @GetMapping("/dashboard")
    ModelAndView show() {
        Standing standing = standings.now();
        List<XAccount> all = accounts.all();
        List<AgentCard> cards = agents.list();
        Collecting collecting = cards.stream().filter(card -> card.name().equals(Agents.COLLECTING)).map(Collecting::new).findFirst().orElseThrow();
        return PageResult.page("dashboard/show", new DashboardView(
                visitor.profile(),
                needs.all(cards, collecting, all, standing),
                scheduled.until(clock.instant().plus(AHEAD), MOST_SCHEDULED),
                collecting,
                collected.count(PostFilter.ALL.from(CollectedPost.Source.COLLECTED)),
                collected.count(PostFilter.ALL.from(CollectedPost.Source.IMPORTED)),
                all.stream().filter(XAccount::isActive).count(),
                tweets.count(PostStatus.DRAFT, ""),
                reviews.figures(),
                standing.spentMicroUsd(),
                standing.monthlyMicroUsd(),
                LogRow.of(logs.list(AgentLogs.Filter.ALL, RECENT), agents.titles())));
    }
}
