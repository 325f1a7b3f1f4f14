package social.coral.web.accounts;

import java.util.List;
import java.util.Locale;
import social.coral.content.XAccount;
import social.coral.web.frame.Figures;

/** Names accounts in a sentence: each while they are few, then their number. */
public final class AccountNames {

    private static final int NAMED = 3;

    private AccountNames() {}

    public static String ofAll(List<XAccount> accounts) {
        return of(accounts.stream().map(XAccount::username).toList());
    }

    static String of(List<String> names) {
        List<String> shown = names.stream()
                .map(name -> "@" + (name.startsWith("@") ? name.substring(1) : name).toLowerCase(Locale.ROOT))
                .toList();
        if (shown.size() > NAMED) {
            return String.join(", ", shown.subList(0, NAMED - 1)) + " and " + (shown.size() - NAMED + 1) + " more";
        }
        return Figures.listed(shown);
    }
}
