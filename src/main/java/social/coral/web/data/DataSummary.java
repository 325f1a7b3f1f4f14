package social.coral.web.data;

import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import social.coral.content.AccountVisits;
import social.coral.content.CollectedPost;
import social.coral.content.CollectedPosts;
import social.coral.content.PostFilter;
import social.coral.content.Tweets;
import social.coral.content.XAccounts;
import social.coral.vault.ApiKeys;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;

/** What the person has here, in the words of the question whether all of it may go. */
@Component
final class DataSummary {

    private final XAccounts accounts;
    private final AccountVisits visits;
    private final CollectedPosts collected;
    private final Tweets tweets;
    private final ApiKeys keys;

    DataSummary(XAccounts accounts, AccountVisits visits, CollectedPosts collected, Tweets tweets, ApiKeys keys) {
        this.accounts = accounts;
        this.visits = visits;
        this.collected = collected;
        this.tweets = tweets;
        this.keys = keys;
    }

    EraseView view(Form form, boolean recent) {
        return new EraseView(form, recent, Stream.of(
                        told(tweets.count(null, ""), "post that you wrote", "posts that you wrote"),
                        told(collected.count(PostFilter.ALL.from(CollectedPost.Source.COLLECTED)), "collected post", "collected posts"),
                        told(collected.count(PostFilter.ALL.from(CollectedPost.Source.IMPORTED)), "imported post", "imported posts"),
                        accounts(),
                        told(keys.list().size(), "key", "keys"))
                .flatMap(Optional::stream)
                .toList());
    }

    private Optional<String> accounts() {
        long paused = accounts.count() - visits.active();
        return told(accounts.count(), "account", "accounts").map(words -> paused == 0 ? words : words + " (" + Figures.count(paused) + " paused)");
    }

    /** Nothing of what there is none of. */
    private static Optional<String> told(long count, String one, String many) {
        return count == 0 ? Optional.empty() : Optional.of(Figures.counted(count, one, many));
    }
}
