package social.coral.agents.pipeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
import social.coral.content.AccountState;
import social.coral.content.AccountVisit;
import social.coral.content.PageStored;
import social.coral.networks.Network;
import social.coral.networks.NetworkUser;
import social.coral.networks.PostCounts;
import social.coral.networks.PostPage;
import social.coral.networks.PostQuery;
import social.coral.networks.SocialNetwork;
import social.coral.services.ServiceFault;

/** Collects the new posts of the accounts that the tenant listens to, each once, and keeps the counts of young ones fresh. */
@Component
@EnableConfigurationProperties(TweetScraping.Settings.class)
final class TweetScraping implements Agent {

    private static final Duration COUNTS_MOVE_FOR = Duration.ofDays(3);
    private static final Duration COUNTS_STALE_AFTER = Duration.ofHours(1);

    private static final String REFRESH = "Refresh counts";

    /** X gives 3,200 posts of an account at most; a network that names more pages than this names them without end. */
    private static final int MAX_PAGES = 100;

    /** @param postsPerAccount the most posts that one run reads of one account */
    @Validated
    @ConfigurationProperties("coral.agents.tweet-scraping")
    record Settings(@DefaultValue("100") @Min(5) @Max(3200) int postsPerAccount) {}

    /** What one account has brought in this run, in how many pages; a run from before pages were counted has none. */
    record Tally(int added, @Nullable Integer pages) {

        private static final Tally NONE = new Tally(0, 0);

        int pagesRead() {
            return pages == null ? 0 : pages;
        }
    }

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
            ends.merge(run.step(step, memory -> collect(run, step, memory)), 1, Integer::sum);
            int ofThis = added(run, step);
            added += ofThis;
            withNews += ofThis > 0 ? 1 : 0;
        }
        String outcome = outcome(added, withNews, ends) + inTheNextRun(run.data().visits().active() - due.size(), due.size());
        run.progress(accounts.size(), accounts.size(), outcome);
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
        if (read == 0 && failed > 1) {
            return "None of the " + failed + " accounts could be read" + (skipped == 0 ? "" : "; " + skipped + " skipped");
        }
        String collected = added == 0 ? "No new posts" : "Collected " + count(added, "new post");
        String from = failed == 0 && 0 < added && withNews < read ? withNews + " of " + count(read, "account") : count(added == 0 ? read : withNews, "account");
        return collected + " from " + from
                + (failed == 0 ? "" : "; " + failed + " of " + count(read + failed, "account") + " could not be read")
                + (skipped == 0 ? "" : "; " + skipped + " skipped");
    }

    private static String inTheNextRun(int accounts, int most) {
        return accounts <= 0 ? "" : "; " + count(accounts, "more account") + " in the next run, because a run visits at most " + most;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** How many posts the step has added; none when its memory cannot be read, which already failed the step. */
    private static int added(Run run, String step) {
        try {
            return run.recalled(step, Tally.class).map(Tally::added).orElse(0);
        } catch (Failure unreadable) {
            return 0;
        }
    }

    private String collect(Run run, String step, Run.Memory memory) {
        AccountVisit account = run.data().visits().of(step.substring(1)).orElseThrow(() -> noLongerDue(run, step));
        try {
            return collectPages(run, step, memory, resolved(run, account));
        } catch (ServiceFault fault) {
            switch (fault) {
                // Neither says anything about the account.
                case ServiceFault.Postponed later -> {}
                case ServiceFault.KeyRefused refused -> {}
                case ServiceFault.NotFound unknown -> mark(run, account, AccountState.NOT_FOUND, unknown);
                case ServiceFault.Forbidden closed -> mark(run, account, AccountState.REFUSED, closed);
                case ServiceFault other -> mark(run, account, AccountState.FAILING, other);
            }
            throw fault;
        }
    }

    private static void mark(Run run, AccountVisit account, AccountState state, ServiceFault why) {
        run.data().visits().mark(account.accountId(), state, why.sentence());
    }

    /** The account with its id on the network. A name is looked up once: that costs more than reading posts. */
    private static AccountVisit resolved(Run run, AccountVisit account) {
        Network network = network(run).network();
        if (account.network() == network && account.networkUserId() != null) {
            return account;
        }
        NetworkUser user = network(run).user(account.username());
        return run.data()
                .visits()
                .resolved(account.accountId(), network, user.id(), user.name())
                .orElseThrow(TweetScraping::removedMeanwhile);
    }

    private static Run.Skipped noLongerDue(Run run, String step) {
        return run.data().visits().knows(step.substring(1)) ? new Run.Skipped("Skipped: paused since the run started") : removedMeanwhile();
    }

    private static Run.Skipped removedMeanwhile() {
        return new Run.Skipped("Skipped: removed since");
    }

    private String collectPages(Run run, String step, Run.Memory memory, AccountVisit account) {
        AccountVisit visit = account;
        Tally tally = run.recalled(step, Tally.class).orElse(Tally.NONE);
        int pages = tally.pagesRead();
        int room = settings.postsPerAccount() - tally.added();
        Set<String> leftOut = new LinkedHashSet<>();
        boolean more = true;
        while (more && room >= PostQuery.MIN_SIZE) {
            if (pages++ == MAX_PAGES) {
                throw withoutEnd(run, memory, visit, tally.added());
            }
            Optional<PostPage> given = page(run, visit, Math.min(room, PostQuery.MAX_SIZE));
            if (given.isEmpty()) {
                run.data().visits().restart(visit.accountId());
                visit = run.data().visits().of(visit.accountId()).orElseThrow(TweetScraping::removedMeanwhile);
                continue;
            }
            PostPage page = given.get();
            room -= page.posts().size();
            more = page.nextToken() != null;
            // The first visit takes the newest posts and leaves the years before them; later visits leave no gap.
            boolean leavesTheRest = visit.sinceId() == null && room < PostQuery.MIN_SIZE;
            Stored stored = store(run, memory, visit, leavesTheRest ? page.asLast() : page, new Tally(tally.added(), pages));
            visit = stored.next();
            tally = stored.tally();
            if (page.leftOut() != null && leftOut.add(page.leftOut())) {
                run.log(Run.Level.WARNING, step + ": left out " + page.leftOut());
            }
        }
        return count(tally.added(), "new post") + (leftOut.isEmpty() ? "" : "; left out " + String.join(", ", leftOut));
    }

    /** The failure of an account whose pages have no end. What they brought is kept, and a retry starts to count from zero. */
    private static Failure withoutEnd(Run run, Run.Memory memory, AccountVisit visit, int added) {
        String words = "After " + MAX_PAGES + " pages there were still more, so the rest was left. The next run continues from there.";
        return memory.commit(() -> {
            run.data().visits().mark(visit.accountId(), AccountState.FAILING, words);
            return new Run.Committed<>(new Tally(added, 0), Failure.conflict("too_many_pages", words));
        });
    }

    /** The next page of the visit, or nothing when the network no longer knows the place where the visit stopped. */
    private static Optional<PostPage> page(Run run, AccountVisit visit, int size) {
        String userId = String.valueOf(visit.networkUserId());
        try {
            return Optional.of(network(run).postsOf(userId, visit.username(), PostQuery.newest(size).since(visit.sinceId()).page(visit.cursorToken()).passOver(visit.failing())));
        } catch (ServiceFault.BadRequest refused) {
            if (visit.cursorToken() != null && refused.concerns("pagination_token")) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private record Stored(AccountVisit next, Tally tally) {}

    private static Stored store(Run run, Run.Memory memory, AccountVisit visit, PostPage page, Tally before) {
        return memory.commit(() -> {
            PageStored stored = run.data().visits().pageCollected(visit, page).orElseThrow(TweetScraping::removedMeanwhile);
            Tally tally = new Tally(before.added() + stored.added(), before.pages());
            return new Run.Committed<>(tally, new Stored(stored.next(), tally));
        });
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
        Map<String, PostCounts> counts = network(run).counts(stale);
        run.data().posts().refreshCounts(network(run).network(), stale, counts);
        return "Refreshed " + count(counts.size(), "post");
    }
}
