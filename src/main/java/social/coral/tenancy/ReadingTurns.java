package social.coral.tenancy;

import java.util.function.Supplier;

/** Who may search, and who may have lists in memory, at the same time: a few of all tenants, and fewer of one. */
final class ReadingTurns {

    private static final int SEARCHES_AT_ONCE = 5;
    // A list of 100 posts of the longest text takes some 20 MB until its answer is made.
    private static final int LISTS_OF_A_TENANT = 2;
    private static final int LISTS_AT_ONCE = 8;

    private final TenantShares searches = new TenantShares(1, SEARCHES_AT_ONCE);
    private final TenantShares lists = new TenantShares(LISTS_OF_A_TENANT, LISTS_AT_ONCE);

    /** Turns to search are the scarcest, so they are waited for with nothing held; otherwise two could wait for each other. */
    <T extends Object> T searching(Supplier<T> work) {
        if (RowsInMemory.has(lists) && !RowsInMemory.has(searches)) {
            throw new IllegalStateException("an answer has to search before it reads its first list");
        }
        return RowsInMemory.holding(searches, work);
    }

    <T extends Object> T holdingRows(Supplier<T> work) {
        return RowsInMemory.holding(lists, work);
    }
}
