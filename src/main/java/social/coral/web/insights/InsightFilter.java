package social.coral.web.insights;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.content.InsightOrder;
import social.coral.web.frame.Option;

/**
 * Which topics are shown.
 *
 * @param show {@code dismissed} for those that the person does not want to see; null or empty for the others
 */
public record InsightFilter(@Nullable String q, @Nullable String show, @Nullable String sort) {

    public static final List<Option> SHOWN = Option.list("dismissed", "Dismissed");
    public static final List<Option> ORDERS = Option.list("newest", "Newest first");

    boolean dismissed() {
        return !Option.chosen("show", show, SHOWN).isEmpty();
    }

    InsightOrder order() {
        return Option.chosen("sort", sort, ORDERS).isEmpty() ? InsightOrder.HOTTEST : InsightOrder.NEWEST;
    }
}
