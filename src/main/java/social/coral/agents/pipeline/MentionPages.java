package social.coral.agents.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import social.coral.agents.Run;
import social.coral.content.Mention;
import social.coral.content.MentionReading;
import social.coral.content.MentionReadings;
import social.coral.networks.LeftOut;
import social.coral.networks.MentionPage;
import social.coral.networks.OwnAccount;
import social.coral.networks.PostQuery;
import social.coral.services.ServiceFault;

/**
 * Reads the mentions since the last one, as a step of a run.
 *
 * @param most the most mentions that one run reads, and {@code first} the most of the first one
 * @param replies the most mentions that one run answers or sets aside
 */
record MentionPages(Run run, Run.Memory memory, int most, int first, int replies) {

    /** Few mentions come at a time, and what a page could hold is reserved before it is read. */
    private static final int PAGE = 25;
    /** A network that names more pages than this names them without end. */
    private static final int MAX_PAGES = 50;

    /** One mention that waits for the run. */
    record Waiting(UUID id, String step) {}

    /** What the step remembers: how many mentions are new, and those that this run works on. */
    record Read(int added, List<Waiting> waiting) {}

    String read() {
        OwnAccount account = run.service(OwnAccount.class);
        MentionReading reading = readings().reading(account.network(), account.keys())
                .orElseGet(() -> readings().resolved(account.network(), account.keys(), account.me()));
        int added = run.recalled(XReply.READ, Read.class).map(Read::added).orElse(0);
        boolean isFirst = reading.isFirst();
        int room = isFirst ? Math.min(first, most) : most;
        List<LeftOut> leftOut = new ArrayList<>();
        boolean more = true;
        for (int pages = 0; more && room >= PostQuery.MIN_SIZE && pages < MAX_PAGES; pages++) {
            int size = Math.min(room, PAGE);
            Given given = page(account, reading, size);
            MentionPage page = given.page();
            // X charges for those that cannot be read, too.
            room -= page.posts().size() + page.leftOut().size();
            leftOut.addAll(page.leftOut());
            more = page.nextToken() != null;
            boolean leavesTheRest = isFirst && room < PostQuery.MIN_SIZE;
            int before = added;
            MentionReadings.Stored stored = memory.commit(() -> {
                MentionReadings.Stored one = readings().pageRead(given.reading(), page, leavesTheRest)
                        .orElseThrow(() -> new Run.Skipped("Another run has read on meanwhile"));
                return new Run.Committed<>(new Read(before + one.added(), List.of()), one);
            });
            added = before + stored.added();
            reading = stored.next();
        }
        if (!leftOut.isEmpty()) {
            run.log(Run.Level.WARNING, "Mentions: " + LeftOut.summary(leftOut));
        }
        int all = added;
        return memory.commit(() -> new Run.Committed<>(new Read(all, waiting(run, replies)), TweetScraping.count(all, "new mention")));
    }

    /** The mentions that wait, each under the name of its step. */
    static List<Waiting> waiting(Run run, int most) {
        return run.data().mentions().open(most).stream().map(mention -> new Waiting(mention.id(), step(mention))).toList();
    }

    static String step(Mention mention) {
        return "@" + mention.author() + " " + mention.tweetId();
    }

    private record Given(MentionReading reading, MentionPage page) {}

    /** Reads the next page. Where the network refuses the place at which reading stopped, it is asked again without that place. */
    private Given page(OwnAccount account, MentionReading reading, int size) {
        MentionReading asked = reading;
        while (true) {
            try {
                return new Given(asked, account.mentions(asked.account(), PostQuery.newest(size).since(asked.sinceId()).page(asked.cursorToken())));
            } catch (ServiceFault.BadRequest refused) {
                if (asked.cursorToken() != null && refused.concerns("pagination_token")) {
                    asked = asked.withoutCursor();
                } else if (!asked.isFirst() && refused.concerns("since_id")) {
                    asked = asked.withoutPlace();
                } else {
                    throw refused;
                }
                readings().letGo(asked);
                run.log(Run.Level.WARNING,
                        "The place where reading mentions had stopped is no longer accepted, so reading starts again at the newest. " + refused.sentence());
            }
        }
    }

    private MentionReadings readings() {
        return run.data().mentionReadings();
    }
}
