package social.coral.tenancy;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/** Creates the monthly partitions of the tables that grow with time, ahead of time, and drops expired months of the audit, at the start. */
final class MonthlyPartitions {

    private static final int AHEAD = 24;

    private MonthlyPartitions() {}

    /** A table whose months are tables of another schema, where {@code rest} holds what has no month of its own. */
    private record Partitioned(String parent, String column, String schema, String prefix, String rest) {}

    private static final List<Partitioned> ALL = List.of(
            new Partitioned("public.audit_log", "at", "audit", "log_", "log_other"),
            new Partitioned("public.api_usage_logs", "created_at", "usage", "calls_", "calls_other"));

    /**
     * @param kept how many whole months of the audit are kept beside the present one; 0 keeps all
     */
    static void keepUp(Statement owner, int kept) throws SQLException {
        YearMonth present = YearMonth.now(ZoneOffset.UTC);
        for (int i = 0; i < AHEAD; i++) {
            make(owner, present.plusMonths(i));
        }
        if (kept > 0) {
            for (YearMonth month : before(owner, present.minusMonths(kept))) {
                drop(owner, month);
            }
        }
    }

    /** Creates a month's partitions, unless rows of that month are already in the default partition. */
    static void make(Statement owner, YearMonth month) throws SQLException {
        for (Partitioned table : ALL) {
            owner.execute("""
                    do $$ begin
                      if to_regclass('%2$s.%3$s') is not null and to_regclass('%2$s.%5$s') is null then
                        if not exists (select 1 from %2$s.%3$s where %4$s >= '%6$s-01 00:00Z' and %4$s < '%7$s-01 00:00Z') then
                          create table if not exists %2$s.%5$s partition of %1$s for values from ('%6$s-01 00:00Z') to ('%7$s-01 00:00Z');
                        end if;
                      end if;
                    end $$
                    """.formatted(table.parent(), table.schema(), table.rest(), table.column(), table.prefix() + name(month), month, month.plusMonths(1)));
        }
    }

    private static List<YearMonth> before(Statement owner, YearMonth first) throws SQLException {
        List<YearMonth> months = Schema.auditMonths(owner).stream().map(YearMonth::parse).toList();
        return months.stream().filter(month -> month.isBefore(first)).toList();
    }

    /** Drops a month, and keeps the hash of its last entries so that the next month can still be verified. */
    private static void drop(Statement owner, YearMonth month) throws SQLException {
        owner.execute("""
                do $$ begin
                  insert into audit.dropped (user_id, position, hash)
                    select distinct on (user_id) user_id, position, hash from audit.log_%1$s order by user_id, position desc
                    on conflict (user_id) do update set position = excluded.position, hash = excluded.hash;
                  drop table audit.log_%1$s;
                end $$
                """.formatted(name(month)));
    }

    private static String name(YearMonth month) {
        return month.toString().replace('-', '_');
    }
}
