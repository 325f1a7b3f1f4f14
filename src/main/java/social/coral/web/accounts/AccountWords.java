package social.coral.web.accounts;

import social.coral.content.AccountState;
import social.coral.content.XAccount;

/** How an account's state is told. */
public record AccountWords(String word, String tone, String meaning) {

    public static AccountWords of(XAccount account) {
        if (!account.isActive()) {
            return new AccountWords("Paused", "plain", "No new posts are collected until you resume it.");
        }
        String detail = account.stateDetail() == null ? "" : account.stateDetail();
        return switch (account.state()) {
            case NEW -> new AccountWords("Waiting", "info", "It was not visited yet.");
            case OK -> new AccountWords("Collecting", "good", "");
            case NOT_FOUND -> new AccountWords("Not found", "bad", detail.isEmpty() ? "Nobody has this name. Check the spelling." : detail);
            case REFUSED -> new AccountWords("Not readable", "bad", detail.isEmpty() ? "Its posts are protected or it is suspended." : detail);
            case FAILING -> new AccountWords("Failing", "warn", detail.isEmpty() ? "The last visit failed; it is tried again." : detail);
        };
    }

    /** Whether the person should look at it. */
    public static boolean needsLook(XAccount account) {
        return account.isActive() && account.state() != AccountState.OK && account.state() != AccountState.NEW;
    }
}
