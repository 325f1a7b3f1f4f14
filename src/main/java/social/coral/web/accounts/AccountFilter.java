package social.coral.web.accounts;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.content.AccountState;
import social.coral.content.XAccount;
import social.coral.web.frame.Address;

/**
 * What of the list is shown and how it is sorted, as it stands in the address.
 *
 * @param words a piece of the name, letter case ignored; empty for all
 * @param only {@code on}, {@code off}, {@code trouble}, {@code new}; empty for all
 */
public record AccountFilter(String words, String only, AccountOrder order, boolean reversed) {

    static AccountFilter of(@Nullable String words, @Nullable String only, @Nullable String sort, @Nullable String reversed) {
        return new AccountFilter(
                words == null ? "" : words.strip(), only == null ? "" : only, AccountOrder.named(sort), "yes".equals(reversed));
    }

    public boolean isOpen() {
        return words.isEmpty() && only.isEmpty();
    }

    List<XAccount> of(List<XAccount> all) {
        return all.stream().filter(this::holds).sorted(order.comparator(reversed)).toList();
    }

    private boolean holds(XAccount account) {
        String wanted = (words.startsWith("@") ? words.substring(1) : words).toLowerCase(Locale.ROOT);
        String name = account.username() + " " + (account.displayName() == null ? "" : account.displayName().toLowerCase(Locale.ROOT));
        return name.contains(wanted) && switch (only) {
            case "on" -> account.isActive();
            case "off" -> !account.isActive();
            case "trouble" -> AccountWords.needsLook(account);
            case "new" -> account.state() == AccountState.NEW;
            default -> true;
        };
    }

    /** Where this filter leads. */
    Address address() {
        return Address.of("/accounts")
                .with("q", words)
                .with("only", only)
                .with("sort", order == AccountOrder.PRIORITY ? null : order.word())
                .with("reversed", reversed ? "yes" : null);
    }

    /** Where the head of a column leads: sorted by it, or the other way round if it is already. */
    public String sorted(AccountOrder column) {
        return new AccountFilter(words, only, column, column == order && !reversed).address().toString();
    }

    /** How a column is sorted, in the words of {@code aria-sort}; null when it is not. */
    public @Nullable String direction(AccountOrder column) {
        return column != order ? null : order.descends(reversed) ? "descending" : "ascending";
    }
}
