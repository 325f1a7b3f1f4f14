package social.coral.web.accounts;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import social.coral.api.SearchText;
import social.coral.content.AccountState;
import social.coral.content.XAccount;
import social.coral.web.frame.Option;

/**
 * Which accounts are listed, in which order.
 *
 * @param q words that the row shows, whatever their order, letter case and accents
 * @param only one of {@link #STATES}
 * @param reversed {@code yes} to reverse the order
 */
public record AccountFilter(@Nullable String q, @Nullable String only, @Nullable String sort, @Nullable String reversed) {

    public static final List<Option> STATES =
            Option.list("on", "Active", "off", "Paused", "trouble", "Needs attention", "new", "Not visited yet");

    /** Returns those that it selects; refuses what it cannot be read as by the name of the field. */
    List<XAccount> of(List<XAccount> all) {
        List<String> words = Arrays.asList(folded(SearchText.of("q", "The search", q)).split("\\s+"));
        return all.stream()
                .filter(isWanted().and(account -> words.stream().allMatch(shown(account)::contains)))
                .sorted(AccountOrder.named(sort).comparator(reversed == null ? "" : reversed))
                .toList();
    }

    private Predicate<XAccount> isWanted() {
        return switch (Option.chosen("only", only, STATES)) {
            case "on" -> XAccount::isActive;
            case "off" -> account -> !account.isActive();
            case "trouble" -> AccountWords::needsLook;
            case "new" -> account -> account.state() == AccountState.NEW;
            default -> account -> true;
        };
    }

    private static String shown(XAccount account) {
        AccountWords words = AccountWords.of(account);
        String name = account.displayName() == null ? "" : account.displayName();
        return folded("@" + account.username() + " " + name + " " + words.word() + (account.isActive() ? " " + words.meaning() : ""));
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}", "").toLowerCase(Locale.ROOT);
    }
}
