package social.coral.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.stereotype.Component;
import social.coral.tenancy.TenantDoor;

/** Reads the current tenant's calls from the ledger. */
@Component
public class UsageReport {

    private final TenantDoor door;

    UsageReport(TenantDoor door) {
        this.door = door;
    }

    /** The usage from the first to the last day, both included, in UTC. */
    public Usage between(LocalDate first, LocalDate last) {
        Instant start = first.atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant end = last.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        List<Usage.ByService> services = byService(start, end);
        return new Usage(
                limit(),
                services.stream().mapToLong(Usage.ByService::calls).sum(),
                services.stream().mapToLong(Usage.ByService::costMicroUsd).sum(),
                start,
                end,
                services,
                byDay(start, end));
    }

    private int limit() {
        return door.sql("select api_usage_limit from public.user_profiles where user_id = :tenant").one(row -> row.getInt(1));
    }

    private List<Usage.ByService> byService(Instant start, Instant end) {
        return door.sql("""
                        select service_name, count(*) as calls, sum(units) as units, sum(cost_micro_usd) as cost,
                          coalesce(sum(units) filter (where endpoint like '%/users/by/%'), 0) as accounts
                        from public.api_usage_logs
                        where user_id = :tenant and created_at >= :start and created_at < :end
                        group by service_name order by cost desc, service_name limit 100
                        """)
                .param("start", start)
                .param("end", end)
                .list(row -> new Usage.ByService(
                        row.getString("service_name"), row.getLong("calls"), row.getLong("units"), row.getLong("accounts"), row.getLong("cost")));
    }

    private List<Usage.ByDay> byDay(Instant start, Instant end) {
        return door.sql("""
                        select (created_at at time zone 'UTC')::date as day, count(*) as calls, sum(cost_micro_usd) as cost
                        from public.api_usage_logs
                        where user_id = :tenant and created_at >= :start and created_at < :end
                        group by day order by day limit 400
                        """)
                .param("start", start)
                .param("end", end)
                .list(row -> new Usage.ByDay(row.getObject("day", LocalDate.class), row.getLong("calls"), row.getLong("cost")));
    }
}
