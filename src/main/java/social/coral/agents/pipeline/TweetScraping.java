package social.coral.agents.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.agents.Agent;
import social.coral.agents.AgentDescription;
import social.coral.agents.Run.StepEnd;
import social.coral.agents.Run;
import social.coral.agents.TenantData;
import social.coral.api.Failure;
import social.coral.content.AccountState;
import social.coral.content.AccountVisit;
import social.coral.content.Network;
import social.coral.content.NewPost;
import social.coral.content.PageStored;
import social.coral.content.PostCounts;
import social.coral.content.TimelinePage;
import social.coral.networks.NetworkFault;
import social.coral.networks.NetworkUser;
import social.coral.networks.Post;
import social.coral.networks.PostPage;
import social.coral.networks.PostQuery;
import social.coral.vault.ServiceName;

/** Collects the new posts of the accounts that the tenant listens to, each once, and keeps the counts of young ones fresh. */
@Component
final class TweetScraping implements Agent {

    private static final Duration COUNTS_MOVE_FOR = Duration.ofDays(3);
    private static final Duration COUNTS_STALE_AFTER = Duration.ofHours(1);

    private static final String REFRESH = "Refresh counts";

    /** The network gives 3,200 posts of an account at most; whoever names more pages than this names them without end. */
    private static final int MOST_PAGES = 100;

    /** What has come of one account in this run, and of how many pages; a run from before pages were counted tells none. */
    record Tally(int added, @Nullable Integer pages) {

        private static final Tally NONE = new Tally(0, 0);

        int pagesRead() {
            return pages == null ? 0 : pages;
        }
    }

    @Override
    public AgentDescription about() {
        return new AgentDescription(
                "tweet-scraping",
                "Collect posts",
                "Collects the new posts of the accounts you listen to and keeps their likes, reposts and replies up to date.",
                Set.of(ServiceName.TWITTER_BEARER));
    }

    @Override
    public Optional<String> nothingToDo(TenantData data) {
        return data.visits().due().isEmpty()
                ? Optional.of("You are not listening to any account. Add one under Accounts, or resume a paused one.")
                : Optional.empty();
    }

    @Override
    public String work(Run run) {
        List<String> due = run.data().visits().due();
        List<String> plan = run.plan(planned(run, due));
        List<String> accounts = plan.stream().filter(step -> step.startsWith("@")).toList();
        Map<StepEnd, Integer> ends = new EnumMap<>(StepEnd.class);
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

    private static String outcome(int added, int withNews, Map<StepEnd, Integer> ends) {
        int read = ends.getOrDefault(StepEnd.SUCCEEDED, 0);
        int failed = ends.getOrDefault(StepEnd.FAILED, 0);
        int skipped = ends.getOrDefault(StepEnd.SKIPPED, 0);
        if (read == 0 && failed > 1) {
            return "None of the " + failed + " accounts could be read" + (skipped == 0 ? "" : "; " + skipped + " skipped");
        }
        return (added == 0 ? "No new posts" : "Collected " + count(added, "new post")) + " from "
                + (added > 0 && withNews < read ? withNews + " of " : "") + count(read, "account")
                + (failed == 0 ? "" : "; " + failed + " of " + count(read + failed, "account") + " could not be read")
                + (skipped == 0 ? "" : "; " + skipped + " skipped");
    }

    private static String inTheNextRun(int accounts, int most) {
        return accounts <= 0 ? "" : "; " + count(accounts, "more account") + " in the next run, because a run visits at most " + most;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** What the step has told of itself; nothing when that cannot be read, which was told as the step's own fault. */
    private static int added(Run run, String step) {
        try {
            return run.recalled(step, Tally.class).map(Tally::added).orElse(0);
        } catch (Failure unreadable) {
            return 0;
        }
    }

    private static String collect(Run run, String step, Run.Memory memory) {
        AccountVisit account = run.data().visits().of(step.substring(1)).orElseThrow(() -> noLongerDue(run, step));
        try {
            return collectPages(run, step, memory, resolved(run, account));
        } catch (NetworkFault fault) {
            switch (fault) {
                // None of these is the account's doing.
                case NetworkFault.RateLimited passing -> {}
                case NetworkFault.NoRoom passing -> {}
                case NetworkFault.CredentialsRefused ours -> {}
                case NetworkFault.UnknownAccount unknown -> mark(run, account, AccountState.NOT_FOUND, unknown);
                case NetworkFault.ProtectedAccount closed -> mark(run, account, AccountState.REFUSED, closed);
                case NetworkFault.SuspendedAccount closed -> mark(run, account, AccountState.REFUSED, closed);
                case NetworkFault other -> mark(run, account, AccountState.FAILING, other);
            }
            throw fault;
        }
    }

    private static void mark(Run run, AccountVisit account, AccountState state, NetworkFault why) {
        run.data().visits().mark(account.accountId(), state, why.sentence());
    }

    /** The account with its id on the network. A name is looked up once: that costs more than reading posts. */
    private static AccountVisit resolved(Run run, AccountVisit account) {
        Network network = Network.of(run.network().name());
        if (account.network() == network && account.networkUserId() != null) {
            return account;
        }
        NetworkUser user = run.network().user(account.username());
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

    private static String collectPages(Run run, String step, Run.Memory memory, AccountVisit account) {
        AccountVisit visit = account;
        Tally tally = run.recalled(step, Tally.class).orElse(Tally.NONE);
        int pages = tally.pagesRead();
        int room = run.settings().postsPerAccount() - tally.added();
        Set<String> leftOut = new LinkedHashSet<>();
        boolean more = true;
        while (more && room >= PostQuery.LEAST) {
            if (pages++ == MOST_PAGES) {
                throw withoutEnd(run, memory, visit, tally.added());
            }
            Optional<PostPage> given = page(run, visit, Math.min(room, PostQuery.MOST));
            if (given.isEmpty()) {
                run.data().visits().restart(visit.accountId());
                visit = run.data().visits().of(visit.accountId()).orElseThrow(TweetScraping::removedMeanwhile);
                continue;
            }
            PostPage page = given.get();
            room -= page.posts().size();
            more = page.nextToken() != null;
            // The first visit takes the newest posts and leaves the years before them; later visits leave no gap.
            boolean leavesTheRest = visit.sinceId() == null && room < PostQuery.LEAST;
            Stored stored = store(run, memory, visit, new TimelinePage(posts(visit, page), page.newestId(), leavesTheRest ? null : page.nextToken()),
                    new Tally(tally.added(), pages));
            visit = stored.next();
            tally = stored.tally();
            if (page.leftOut() != null && leftOut.add(page.leftOut())) {
                run.log(Run.Level.WARNING, step + ": left out " + page.leftOut());
            }
        }
        return count(tally.added(), "new post") + (leftOut.isEmpty() ? "" : "; left out " + String.join(", ", leftOut));
    }

    /** What is told of an account whose pages have no end. What they gave is kept, and to try again is to count anew. */
    private static Failure withoutEnd(Run run, Run.Memory memory, AccountVisit visit, int added) {
        String words = "After " + MOST_PAGES + " pages there were still more, so the rest was left; the next run continues from there";
        return memory.commit(() -> {
            run.data().visits().mark(visit.accountId(), AccountState.FAILING, words);
            return new Run.Committed<>(new Tally(added, 0), Failure.conflict("too_many_pages", words));
        });
    }

    /** The next page of the visit, or nothing when the network no longer knows the place where the visit stopped. */
    private static Optional<PostPage> page(Run run, AccountVisit visit, int size) {
        String userId = String.valueOf(visit.networkUserId());
        try {
            return Optional.of(run.network().postsOf(userId, PostQuery.newest(size).since(visit.sinceId()).page(visit.cursorToken())));
        } catch (NetworkFault.BadRequest refused) {
            if (visit.cursorToken() != null && refused.concerns("pagination_token")) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private record Stored(AccountVisit next, Tally tally) {}

    private static Stored store(Run run, Run.Memory memory, AccountVisit visit, TimelinePage page, Tally before) {
        return memory.commit(() -> {
            PageStored stored = run.data().visits().pageCollected(visit, page).orElseThrow(TweetScraping::removedMeanwhile);
            Tally tally = new Tally(before.added() + stored.added(), before.pages());
            return new Run.Committed<>(tally, new Stored(stored.next(), tally));
        });
    }

    private static List<NewPost> posts(AccountVisit visit, PostPage page) {
        return page.posts().stream()
                .map(post -> new NewPost(
                        post.id(), visit.username(), post.text(), post.lang(), post.conversationId(), post.inReplyToId(), counts(post), post.createdAt()))
                .toList();
    }

    private static PostCounts counts(Post post) {
        return new PostCounts(post.likes(), post.retweets(), post.replies());
    }

    private static List<String> stale(Run run) {
        return run.data().posts().withStaleCounts(Network.of(run.network().name()), COUNTS_MOVE_FOR, COUNTS_STALE_AFTER);
    }

    private static String refreshCounts(Run run) {
        List<String> stale = stale(run);
        Map<String, PostCounts> told = new HashMap<>();
        if (!stale.isEmpty()) {
            run.network().posts(stale).forEach(post -> told.put(post.id(), counts(post)));
            run.data().posts().countsTold(Network.of(run.network().name()), stale, told);
        }
        return "Refreshed " + count(told.size(), "post");
    }
}
