package social.coral.web.frame;

import java.util.Locale;

/** A column that a list can be sorted by. An enum implements it, and its first constant is the order without a choice. */
public interface SortColumn {

    String name();

    int ordinal();

    String label();

    /** Reports whether the highest value comes first until the order is reversed. */
    boolean highestFirst();

    /** The name in the address. */
    default String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    default boolean isDefault() {
        return ordinal() == 0;
    }

    /** @param reversed the parameter of the address, empty when it is absent */
    default boolean descends(String reversed) {
        return highestFirst() == reversed.isEmpty();
    }
}
