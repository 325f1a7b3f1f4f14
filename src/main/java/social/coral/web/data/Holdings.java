package social.coral.web.data;

import org.springframework.stereotype.Component;
import social.coral.content.CollectedPosts;
import social.coral.content.PostFilter;
import social.coral.content.Tweets;
import social.coral.content.XAccounts;
import social.coral.vault.ApiKeys;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;

/** What the person has here, in the words of the question whether all of it may go. */
@Component
final class Holdings {

    private final XAccounts accounts;
    private final CollectedPosts collected;
    private final Tweets tweets;
    private final ApiKeys keys;

    Holdings(XAccounts accounts, CollectedPosts collected, Tweets tweets, ApiKeys keys) {
        this.accounts = accounts;
        this.collected = collected;
        this.tweets = tweets;
        this.keys = keys;
    }

    EraseView view(Form form, boolean recent) {
        return new EraseView(form, recent,
                Figures.count(accounts.count(), "account you listen to", "accounts you listen to"),
                atLeast(collected.count(PostFilter.ALL), "collected post", "collected posts"),
                atLeast(tweets.count(null, ""), "post that you wrote", "posts that you wrote"),
                Figures.count(keys.list().size(), "key", "keys"));
    }

    private static String atLeast(int count, String one, String many) {
        return (count == CollectedPosts.MOST_COUNTED ? "at least " : "") + Figures.count(count, one, many);
    }
}
