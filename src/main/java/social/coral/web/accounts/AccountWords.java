package social.coral.web.accounts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.api.Quote;
import social.coral.content.AccountState;
import social.coral.content.XAccount;
import social.coral.web.frame.Figures;

/** The words for the state of an account. */
public record AccountWords(String word, String tone, String meaning) {

    public static AccountWords of(XAccount account) {
        if (!account.isActive()) {
            return new AccountWords("Paused", "plain", "No new posts are collected until you resume it.");
        }
        return switch (account.state()) {
            case NEW -> new AccountWords("Waiting", "info", "The next run visits it.");
            case OK -> new AccountWords("Active", "good", "");
            case NOT_FOUND -> new AccountWords("Not found", "bad", detail(account, "No account has this name. Check the spelling, or remove it."));
            case REFUSED -> new AccountWords("Not readable", "bad",
                    detail(account, "Its posts are protected or it is suspended.") + " Remove it, or pause it until that changes.");
            case FAILING -> new AccountWords("Failing", "warn", detail(account, "The last visit failed.") + " The next run tries again.");
        };
    }

    private static String detail(XAccount account, String otherwise) {
        String detail = account.stateDetail();
        return detail == null || detail.isBlank() ? otherwise : Quote.removed(detail);
    }

    /** Reports whether the person should look at it. */
    public static boolean needsLook(XAccount account) {
        return account.isActive() && account.state() != AccountState.OK && account.state() != AccountState.NEW;
    }

    /** Summarises the states of all accounts in a line. */
    static String summary(List<XAccount> all) {
        if (all.isEmpty()) {
            return "The people and organisations you listen to";
        }
        long paused = all.stream().filter(account -> !account.isActive()).count();
        long trouble = all.stream().filter(AccountWords::needsLook).count();
        return Figures.count(all.size(), "account", "accounts")
                + (paused == 0 ? "" : " · " + Figures.count(paused) + " paused")
                + (trouble == 0 ? "" : " · " + Figures.count(trouble, "needs", "need") + " attention");
    }

    /** Returns a sentence on accounts beyond those that can be listed; null when there are none. */
    static @Nullable String unlisted(int listed, long accounts) {
        String limit = Figures.count(listed);
        return accounts <= listed ? null : Figures.count(accounts - listed, "more account is", "more accounts are") + " not listed here, because the limit is "
                + limit + ". All are visited in turn, at most " + limit + " in a run. To see the others, remove accounts that you no longer need.";
    }

    /** Returns a sentence on the posts that stay when accounts are removed. */
    public static String postsKept(List<XAccount> accounts) {
        long posts = accounts.stream().mapToLong(XAccount::postsCollected).sum();
        return posts == 0 ? "" : "The " + Figures.count(posts, "post", "posts") + " collected so far " + (posts == 1 ? "stays." : "stay.");
    }
}
