package social.coral.web.accounts;

import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.content.XAccount;

/** The columns that the list can be sorted by, each with the direction that one wants first. */
public enum AccountOrder {
    PRIORITY("Priority", Comparator.comparingInt(XAccount::priority), true),
    NAME("Account", Comparator.comparing(XAccount::username), false),
    POSTS("Posts", Comparator.comparingLong(XAccount::postsCollected), true),
    NEWEST("Newest post", Comparator.comparing(XAccount::newestPostAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder())), true),
    VISITED("Last visit", Comparator.comparing(XAccount::lastCollectedAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder())), true);

    private final String label;
    private final Comparator<XAccount> ascending;
    private final boolean mostFirst;

    AccountOrder(String label, Comparator<XAccount> ascending, boolean mostFirst) {
        this.label = label;
        this.ascending = ascending;
        this.mostFirst = mostFirst;
    }

    public String label() {
        return label;
    }

    /** As it stands in the address. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AccountOrder named(@Nullable String word) {
        for (AccountOrder order : values()) {
            if (order.word().equals(word)) {
                return order;
            }
        }
        return PRIORITY;
    }

    boolean descends(boolean reversed) {
        return mostFirst != reversed;
    }

    Comparator<XAccount> comparator(boolean reversed) {
        Comparator<XAccount> directed = descends(reversed) ? ascending.reversed() : ascending;
        return directed.thenComparing(XAccount::username);
    }
}
