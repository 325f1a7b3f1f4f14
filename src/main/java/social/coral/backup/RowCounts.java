package social.coral.backup;

/** How many rows a table has, by tenant where each row says whose it is. */
final class RowCounts {

    private RowCounts() {}

    static String of(SavedTable table) {
        return table.ofTenants()
                ? "select user_id::text, count(*) from " + table.sql() + " group by user_id order by user_id"
                : "select '', count(*) from " + table.sql();
    }
}
