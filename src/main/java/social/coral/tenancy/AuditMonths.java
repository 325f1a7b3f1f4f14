package social.coral.tenancy;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/** Creates the audit's monthly partitions ahead of time and drops expired ones, at the start. */
final class AuditMonths {

    private static final int AHEAD = 24;

    private AuditMonths() {}

    /**
     * @param kept how many whole months are kept beside the present one; 0 keeps all
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

    /** Creates a month's partition, unless entries of that month are already in the default partition. */
    static void make(Statement owner, YearMonth month) throws SQLException {
        owner.execute("""
                do $$ begin
                  if to_regclass('audit.%1$s') is null
                    and not exists (select 1 from audit.log_other where at >= '%2$s-01 00:00Z' and at < '%3$s-01 00:00Z')
                  then
                    create table audit.%1$s partition of public.audit_log for values from ('%2$s-01 00:00Z') to ('%3$s-01 00:00Z');
                  end if;
                end $$
                """.formatted(table(month), month, month.plusMonths(1)));
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
                    select distinct on (user_id) user_id, position, hash from audit.%1$s order by user_id, position desc
                    on conflict (user_id) do update set position = excluded.position, hash = excluded.hash;
                  drop table audit.%1$s;
                end $$
                """.formatted(table(month)));
    }

    private static String table(YearMonth month) {
        return "log_" + month.toString().replace('-', '_');
    }
}
