package social.coral.web.accounts;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.content.XAccount;
import social.coral.web.frame.SortColumn;

/** The columns that the accounts can be sorted by. */
public enum AccountOrder implements SortColumn {
    PRIORITY("Priority", Comparator.comparingInt(XAccount::priority), true),
    NAME("Account", Comparator.comparing(XAccount::username), false),
    POSTS("Posts", Comparator.comparingLong(XAccount::postsCollected), true),
    NEWEST("Newest post", byTime(XAccount::newestPostAt), true),
    VISITED("Last visit", byTime(XAccount::lastCollectedAt), true);

    private final String label;
    private final Comparator<XAccount> ascending;
    private final boolean highestFirst;

    AccountOrder(String label, Comparator<XAccount> ascending, boolean highestFirst) {
        this.label = label;
        this.ascending = ascending;
        this.highestFirst = highestFirst;
    }

    private static Comparator<XAccount> byTime(Function<XAccount, @Nullable Instant> time) {
        return Comparator.comparing(time, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()));
    }

    static AccountOrder named(@Nullable String word) {
        return word == null || word.isEmpty() ? PRIORITY : Arrays.stream(values())
                .filter(order -> order.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Failure.invalid("sort", "The order must be one of "
                        + Arrays.stream(values()).map(AccountOrder::word).collect(Collectors.joining(", ")) + "."));
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public boolean highestFirst() {
        return highestFirst;
    }

    Comparator<XAccount> comparator(String reversed) {
        Comparator<XAccount> directed = descends(reversed) ? ascending.reversed() : ascending;
        return directed.thenComparing(XAccount::username);
    }
}
