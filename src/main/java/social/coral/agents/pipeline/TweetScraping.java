package social.coral.agents.pipeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;
import social.coral.agents.Agent;
import social.coral.agents.AgentDescription;
import social.coral.agents.Agents;
import social.coral.agents.Prerequisite;
import social.coral.agents.Run;
import social.coral.agents.StepStatus;
import social.coral.agents.TenantData;
import social.coral.api.Failure;
import social.coral.networks.PostCounts;
import social.coral.networks.SocialNetwork;
import social.coral.services.ServiceFault;

/** Collects the new posts of the accounts that the tenant listens to, each once, and keeps the counts of young ones fresh. */
@Component
@EnableConfigurationProperties(TweetScraping.Settings.class)
final class TweetScraping implements Agent {

    private static final Duration COUNTS_MOVE_FOR = Duration.ofDays(3);
    private static final Duration COUNTS_STALE_AFTER = Duration.ofHours(1);

    private static final String REFRESH = "Refresh counts";

    /** @param postsPerAccount the most posts that one run reads of one account */
    @Validated
    @ConfigurationProperties("coral.agents.tweet-scraping")
    record Settings(@DefaultValue("100") @Min(5) @Max(3200) int postsPerAccount) {}

    private final Settings settings;

    TweetScraping(Settings settings) {
        this.settings = settings;
    }

    @Override
    public AgentDescription about() {
        return new AgentDescription(
                Agents.COLLECTING,
                "Collect posts",
                "Collects the new posts of the accounts you listen to and keeps their likes, reposts and replies up to date.",
                Set.of(SocialNetwork.class));
    }

    @Override
    public List<Prerequisite> prerequisites(TenantData data) {
        return List.of(
                new Prerequisite(data.visits().any(), "You are not listening to any account yet",
                        "Add those whose new posts you want to collect.", "Add accounts", "/accounts/add"),
                new Prerequisite(data.visits().anyActive(), "All your accounts are paused",
                        "Resume one to collect its new posts.", "Resume accounts", "/accounts?only=off"));
    }

    @Override
    public String work(Run run) {
        List<String> due = run.data().visits().due();
        List<String> plan = run.plan(planned(run, due));
        List<String> accounts = plan.stream().filter(step -> step.startsWith("@")).toList();
        Map<StepStatus, Integer> ends = new EnumMap<>(StepStatus.class);
        int added = 0;
        int withNews = 0;
        for (int done = 0; done < accounts.size(); done++) {
            String step = accounts.get(done);
            run.progress(done, accounts.size(), done == 0 ? "Starting with " + step : count(added, "new post") + " so far");
            ends.merge(run.step(step, memory -> new AccountCollection(run, step, memory, settings.postsPerAccount()).collect()), 1, Integer::sum);
            int ofThis = added(run, step);
            added += ofThis;
            withNews += ofThis > 0 ? 1 : 0;
        }
        String outcome = outcome(added, withNews, ends) + inTheNextRun(run.data().visits().active() - due.size(), due.size());
        run.progress(accounts.size() - ends.getOrDefault(StepStatus.WAITING, 0), accounts.size(), outcome);
        if (plan.contains(REFRESH)) {
            run.step(REFRESH, memory -> refreshCounts(run));
        }
        return outcome;
    }

    /** The accounts, and the counts where some are old: what this run itself collects needs no second look. */
    private static List<String> planned(Run run, List<String> accounts) {
        List<String> steps = new ArrayList<>(accounts.stream().map(name -> "@" + name).toList());
        if (!stale(run).isEmpty()) {
            steps.add(REFRESH);
        }
        return steps;
    }

    private static String outcome(int added, int withNews, Map<StepStatus, Integer> ends) {
        int read = ends.getOrDefault(StepStatus.SUCCEEDED, 0);
        int failed = ends.getOrDefault(StepStatus.FAILED, 0);
        int skipped = ends.getOrDefault(StepStatus.SKIPPED, 0);
        int waiting = ends.getOrDefault(StepStatus.WAITING, 0);
        if (read == 0 && failed > 1) {
            return (failed == 2 ? "Neither of the 2" : "None of the " + failed) + " accounts could be read" + (skipped == 0 ? "" : "; " + skipped + " skipped");
        }
        String collected = added == 0 ? "No new posts" : "Collected " + count(added, "new post");
        String from = failed == 0 && 0 < added && withNews < read ? withNews + " of " + count(read, "account") : count(added == 0 ? read : withNews, "account");
        return collected + " from " + from
                + (failed == 0 ? "" : "; " + failed + " of " + count(read + failed, "account") + " could not be read")
                + (skipped == 0 ? "" : "; " + skipped + " skipped")
                + (waiting == 0 ? "" : "; " + count(waiting, "account") + " still to be read");
    }

    private static String inTheNextRun(int accounts, int most) {
        return accounts <= 0 ? "" : "; " + count(accounts, "more account") + " in the next run, because a run visits at most " + most;
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** How many posts the step has added; none when its memory cannot be read, which already failed the step. */
    private static int added(Run run, String step) {
        try {
            return run.recalled(step, AccountCollection.Tally.class).map(AccountCollection.Tally::added).orElse(0);
        } catch (Failure unreadable) {
            return 0;
        }
    }

    private static SocialNetwork network(Run run) {
        return run.service(SocialNetwork.class);
    }

    private static List<String> stale(Run run) {
        return run.data().posts().withStaleCounts(network(run).network(), COUNTS_MOVE_FOR, COUNTS_STALE_AFTER);
    }

    private static String refreshCounts(Run run) {
        List<String> stale = stale(run);
        if (stale.isEmpty()) {
            return "Refreshed 0 posts";
        }
        try {
            Map<String, PostCounts> counts = network(run).counts(stale);
            run.data().posts().refreshCounts(network(run).network(), stale, counts);
            return "Refreshed " + count(counts.size(), "post");
        } catch (ServiceFault.Postponed later) {
            throw new Run.Deferred(later);
        }
    }
}
