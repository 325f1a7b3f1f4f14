package social.coral.agents.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.agents.Run;
import social.coral.api.Failure;
import social.coral.api.Quote;
import social.coral.content.AccountState;
import social.coral.content.AccountVisit;
import social.coral.content.AccountVisits;
import social.coral.content.PageStored;
import social.coral.networks.LeftOut;
import social.coral.networks.Network;
import social.coral.networks.NetworkUser;
import social.coral.networks.Post;
import social.coral.networks.PostPage;
import social.coral.networks.PostQuery;
import social.coral.networks.SocialNetwork;
import social.coral.services.ServiceFault;

/**
 * Collects the new posts of one account, as a step of a run.
 *
 * @param max the most posts that one run reads of it
 */
record AccountCollection(Run run, String step, Run.Memory memory, int max) {

    /** X gives 3,200 posts of an account at most; a network that names more pages than this names them without end. */
    private static final int MAX_PAGES = 100;

    /** What the account has brought in this run, in how many pages; a run from before pages were counted has none. */
    record Tally(int added, @Nullable Integer pages) {

        private static final Tally NONE = new Tally(0, 0);

        int pagesRead() {
            return pages == null ? 0 : pages;
        }
    }

    private record Stored(AccountVisit next, Tally tally) {}

    private record Given(AccountVisit visit, PostPage page) {}

    String collect() {
        AccountVisit account = visits().of(step.substring(1)).orElseThrow(this::noLongerDue);
        try {
            return collect(account);
        } catch (ServiceFault fault) {
            switch (fault) {
                // None of these says anything about the account.
                case ServiceFault.Postponed later -> {}
                case ServiceFault.KeyRefused refused -> {}
                case ServiceFault.PlanRefused refused -> {}
                case ServiceFault.Intercepted elsewhere -> visits().failed(account.accountId());
                case ServiceFault.Unavailable passing -> visits().failed(account.accountId());
                case ServiceFault.BadRequest refused when !isOfPlaceIn(account, refused) -> visits().failed(account.accountId());
                case ServiceFault.NotFound unknown -> mark(account, AccountState.NOT_FOUND, unknown);
                case ServiceFault.Forbidden closed -> mark(account, AccountState.REFUSED, closed);
                case ServiceFault other -> mark(account, AccountState.FAILING, other);
            }
            throw fault;
        }
    }

    private void mark(AccountVisit account, AccountState state, ServiceFault why) {
        visits().mark(account.accountId(), state, why.sentence());
    }

    /** A name is looked up once, because that costs more than reading posts, and again, at most once a day, when its id is gone. */
    private String collect(AccountVisit account) {
        if (account.network() != network().network() || account.networkUserId() == null) {
            return collectPagesOfKnown(resolved(account, lookedUp(account)));
        }
        try {
            return collectPages(account);
        } catch (ServiceFault.NotFound gone) {
            if (visits().wasRefusedLately(account.accountId())) {
                throw withoutPosts(gone);
            }
            NetworkUser user = lookedUp(account);
            if (user.id().equals(account.networkUserId())) {
                visits().resolved(account.accountId(), network().network(), user.id(), user.name());
                throw withoutPosts(gone);
            }
            run.log(Run.Level.WARNING, step + " has another id now, so collecting starts from its newest posts.");
            return collectPagesOfKnown(resolved(account, user));
        }
    }

    /** Collects from an account that was just looked up, so that a timeline which is not found does not mean that there is none. */
    private String collectPagesOfKnown(AccountVisit account) {
        try {
            return collectPages(account);
        } catch (ServiceFault.NotFound gone) {
            throw withoutPosts(gone);
        }
    }

    private ServiceFault withoutPosts(ServiceFault.NotFound gone) {
        return new ServiceFault.Forbidden((network().network() == Network.X ? "X" : "The sandbox") + " has the account " + step + " but does not give its posts." + Quote.in(gone.sentence()));
    }

    /** A look-up that is limited does not hold back the accounts that need none. */
    private NetworkUser lookedUp(AccountVisit account) {
        try {
            return network().user(account.username());
        } catch (ServiceFault.Postponed later) {
            throw later.reason() == ServiceFault.Postponed.Reason.RATE_LIMITED ? new Run.Deferred(later) : later;
        }
    }

    private AccountVisit resolved(AccountVisit account, NetworkUser user) {
        return visits().resolved(account.accountId(), network().network(), user.id(), user.name())
                .orElseThrow(AccountCollection::removedMeanwhile);
    }

    private Run.Skipped noLongerDue() {
        return visits().knows(step.substring(1)) ? new Run.Skipped("Skipped: paused since the run started") : removedMeanwhile();
    }

    private static Run.Skipped removedMeanwhile() {
        return new Run.Skipped("Skipped: removed since");
    }

    private String collectPages(AccountVisit account) {
        AccountVisit visit = account;
        Tally tally = run.recalled(step, Tally.class).orElse(Tally.NONE);
        int pages = tally.pagesRead();
        int room = max - tally.added();
        List<LeftOut> leftOut = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        ReadPages read = new ReadPages();
        int unread = 0;
        boolean more = true;
        boolean startedAgain = false;
        while (more && room >= PostQuery.MIN_SIZE) {
            if (pages++ == MAX_PAGES) {
                throw withoutEnd(visit, tally.added());
            }
            Given given;
            try {
                given = page(visit, Math.min(room, PostQuery.MAX_SIZE), startedAgain);
            } catch (ServiceFault.BadRequest refused) {
                if (!startedAgain || visit.cursorToken() == null || !isOfCursor(refused)) {
                    throw refused;
                }
                visits().letGo(visit.withoutRest());
                run.log(Run.Level.WARNING, step + ": each next page is refused, so the rest was left. " + refused.sentence());
                return TweetScraping.count(tally.added(), "new post") + "; the network refused the next page, so the rest was left";
            }
            startedAgain |= visit.cursorToken() != null && given.visit().cursorToken() == null;
            PostPage page = read.add(given.visit().cursorToken(), given.page());
            // X charges for those that cannot be read, too.
            room -= page.posts().size() + page.leftOut().size();
            more = page.nextToken() != null;
            // The first visit takes the newest posts and leaves the years before them; later visits leave no gap.
            boolean leavesTheRest = given.visit().isFirst() && room < PostQuery.MIN_SIZE;
            Stored stored = store(given.visit(), leavesTheRest ? page.asLast() : page, new Tally(tally.added(), pages));
            visit = stored.next();
            tally = stored.tally();
            leftOut.addAll(page.leftOut());
            unread += page.unreadCounts();
            if (page.restLost() != null) {
                notes.add(page.restLost() + ", so the rest was left");
            }
        }
        if (unread > 0) {
            notes.addFirst("a count of " + TweetScraping.count(unread, "post") + " could not be read and was taken as 0");
        }
        if (!leftOut.isEmpty()) {
            notes.addFirst(LeftOut.summary(leftOut));
        }
        if (!notes.isEmpty()) {
            run.log(Run.Level.WARNING, step + ": " + String.join("; ", notes));
        }
        notes.addFirst(TweetScraping.count(tally.added(), "new post"));
        return String.join("; ", notes);
    }

    /** The failure of an account whose pages have no end. What they brought is kept, and a retry starts to count from zero. */
    private Failure withoutEnd(AccountVisit visit, int added) {
        String words = "After " + MAX_PAGES + " pages there were still more, so the rest was left. The next run continues from there.";
        return memory.commit(() -> {
            visits().mark(visit.accountId(), AccountState.FAILING, words);
            return new Run.Committed<>(new Tally(added, 0), Failure.conflict("too_many_pages", words));
        });
    }

    /**
     * Reads the next page of the visit. Where the network refuses the place at which the visit stopped, it is asked again without
     * that place, and only an answer to this lets go of it. In a run, reading starts again at the newest post once.
     */
    private Given page(AccountVisit visit, int size, boolean startedAgain) {
        AccountVisit asked = visit;
        ServiceFault.BadRequest first = null;
        while (true) {
            try {
                PostPage page = ask(asked, size);
                return first == null ? new Given(visit, page) : new Given(letGo(visit, asked, first), page);
            } catch (ServiceFault.BadRequest refused) {
                Optional<AccountVisit> without = without(asked, refused, first == null, startedAgain);
                if (without.isEmpty()) {
                    throw first == null ? refused : first;
                }
                asked = without.get();
                first = first == null ? refused : first;
            }
        }
    }

    /** Returns the visit without the place that the network refuses; empty if it refuses something else. */
    private static Optional<AccountVisit> without(AccountVisit visit, ServiceFault.BadRequest refused, boolean isFirst, boolean startedAgain) {
        boolean ofCursor = isOfCursor(refused);
        boolean ofPlace = isOfPlace(refused);
        // A refusal that names none of them counts for all, and must not take one after the other.
        if (ofCursor && ofPlace && !isFirst) {
            return Optional.empty();
        }
        if (visit.cursorToken() != null && ofCursor) {
            return startedAgain ? Optional.empty() : Optional.of(visit.withoutCursor());
        }
        return visit.isFirst() || !ofPlace ? Optional.empty() : Optional.of(visit.withoutSinceId());
    }

    private static boolean isOfCursor(ServiceFault.BadRequest refused) {
        return refused.concerns("pagination_token");
    }

    private static boolean isOfPlace(ServiceFault.BadRequest refused) {
        return refused.concerns("since_id") || refused.concerns("start_time");
    }

    /** Reports whether the network may have refused what is remembered of this account, and not the call as such. */
    private static boolean isOfPlaceIn(AccountVisit visit, ServiceFault.BadRequest refused) {
        return visit.cursorToken() != null && isOfCursor(refused) || !visit.isFirst() && isOfPlace(refused);
    }

    private AccountVisit letGo(AccountVisit visit, AccountVisit without, ServiceFault.BadRequest refused) {
        visits().letGo(without);
        boolean keepsPlace = Objects.equals(without.sinceId(), visit.sinceId()) && Objects.equals(without.startTime(), visit.startTime());
        run.log(Run.Level.WARNING, step + ": " + (keepsPlace
                ? "the page to continue with is no longer accepted, so reading starts again at the newest post. "
                : "the place where collecting had stopped is no longer accepted, so " + (without.isFirst() ? "reading starts again at the newest post" : "posts are read by time")
                        + ". Some may be missing. ") + refused.sentence());
        return visits().of(visit.accountId()).orElseThrow(AccountCollection::removedMeanwhile);
    }

    private PostPage ask(AccountVisit visit, int size) {
        PostQuery query = PostQuery.newest(size).since(visit.sinceId()).from(visit.startTime()).page(visit.cursorToken());
        return network().postsOf(String.valueOf(visit.networkUserId()), visit.username(), query);
    }

    private Stored store(AccountVisit visit, PostPage page, Tally before) {
        return memory.commit(() -> {
            PageStored stored = visits().pageCollected(visit, page).orElseThrow(AccountCollection::removedMeanwhile);
            memory.made(TweetScraping.count(page.posts().size(), "post") + " read, " + stored.added() + " new",
                    page.posts().stream().map(Post::text).collect(Collectors.joining("\n\n")), "/tweets?author=" + visit.username());
            Tally tally = new Tally(before.added() + stored.added(), before.pages());
            return new Run.Committed<>(tally, new Stored(stored.next(), tally));
        });
    }

    private AccountVisits visits() {
        return run.data().visits();
    }

    private SocialNetwork network() {
        return run.service(SocialNetwork.class);
    }
}
