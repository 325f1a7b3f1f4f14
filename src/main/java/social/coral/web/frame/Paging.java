package social.coral.web.frame;

import org.jspecify.annotations.Nullable;
import social.coral.api.Page;

/**
 * Where a person is in a list.
 *
 * @param shown how many rows are on this page
 * @param total how many rows there are, counted up to {@link Page#counted}
 */
public record Paging(Address address, Page page, int shown, long total) {

    /** {@code 51–100 of 1,234 posts}. */
    public String words(String one, String many) {
        if (total <= page.limit() && page.offset() == 0) {
            return Figures.count(total, one, many);
        }
        String rows = Figures.count(page.offset() + 1L) + "–" + Figures.count(page.offset() + (long) shown);
        return rows + " of " + (total == page.counted() ? Figures.count(total) + " or more " + many : Figures.count(total, one, many));
    }

    public @Nullable String previous() {
        return page.offset() == 0 ? null : address.with("offset", offset(Math.max(0, page.offset() - page.limit()))).toString();
    }

    /** Where the last page is, when this one lies behind it: rows have gone since the address was made. */
    public @Nullable String lastInstead() {
        boolean behind = shown == 0 && total > 0 && page.offset() > 0;
        return behind ? address.with("offset", offset((int) ((total - 1) / page.limit()) * page.limit())).toString() : null;
    }

    public @Nullable String next() {
        int next = page.offset() + page.limit();
        return next >= total || next > Page.MAX_OFFSET ? null : address.with("offset", offset(next)).toString();
    }

    private static @Nullable Integer offset(int offset) {
        return offset == 0 ? null : offset;
    }
}
