package social.coral.web.accounts;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.content.AccountState;
import social.coral.content.XAccount;
import social.coral.web.frame.Option;

/**
 * Which accounts are listed, in which order.
 *
 * @param q a part of the handle or the name, letter case ignored
 * @param only one of {@link #STATES}
 * @param reversed {@code yes} to reverse the order
 */
public record AccountFilter(@Nullable String q, @Nullable String only, @Nullable String sort, @Nullable String reversed) {

    public static final List<Option> STATES =
            Option.list("on", "Active", "off", "Paused", "trouble", "Needs attention", "new", "Not visited yet");

    List<XAccount> of(List<XAccount> all) {
        return all.stream().filter(this::holds).sorted(AccountOrder.named(sort).comparator(reversed == null ? "" : reversed)).toList();
    }

    private boolean holds(XAccount account) {
        String words = q == null ? "" : q.strip().toLowerCase(Locale.ROOT);
        String wanted = words.startsWith("@") ? words.substring(1) : words;
        String name = account.username() + " " + (account.displayName() == null ? "" : account.displayName().toLowerCase(Locale.ROOT));
        return name.contains(wanted) && switch (only == null ? "" : only) {
            case "on" -> account.isActive();
            case "off" -> !account.isActive();
            case "trouble" -> AccountWords.needsLook(account);
            case "new" -> account.state() == AccountState.NEW;
            default -> true;
        };
    }
}
