package social.coral.web.accounts;

import social.coral.content.AccountState;
import social.coral.content.XAccount;

/** How an account's state is told. */
public record AccountWords(String word, String tone, String meaning) {

    public static AccountWords of(XAccount account) {
        if (!account.isActive()) {
            return new AccountWords("Paused", "plain", "No new posts are collected until you resume it.");
        }
        return switch (account.state()) {
            case NEW -> new AccountWords("Waiting", "info", "The next run will visit it.");
            case OK -> new AccountWords("Collecting", "good", "");
            case NOT_FOUND -> new AccountWords("Not found", "bad",
                    told(account, "No account has this name.") + " Remove it and add the right name, or pause it.");
            case REFUSED -> new AccountWords("Not readable", "bad",
                    told(account, "Its posts are protected or it is suspended.") + " Remove it, or pause it until that changes.");
            case FAILING -> new AccountWords("Failing", "warn", told(account, "The last visit failed; the next run will try again."));
        };
    }

    private static String told(XAccount account, String otherwise) {
        String detail = account.stateDetail();
        return detail == null || detail.isBlank() ? otherwise : detail.endsWith(".") ? detail : detail + ".";
    }

    /** Whether the person should look at it. */
    public static boolean needsLook(XAccount account) {
        return account.isActive() && account.state() != AccountState.OK && account.state() != AccountState.NEW;
    }
}
