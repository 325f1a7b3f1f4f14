package social.coral.backup;

/** Counts the rows of a table, by tenant where rows have one. */
final class RowCounts {

    private RowCounts() {}

    static String of(SavedTable table) {
        return table.ofTenants()
                ? "select user_id::text, count(*) from " + table.sql() + " group by user_id order by user_id"
                : "select '', count(*) from " + table.sql();
    }
}
