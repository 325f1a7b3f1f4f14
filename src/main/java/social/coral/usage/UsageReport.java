package social.coral.usage;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.tenancy.TenantDoor;

/** Reads what the current tenant used on each day of its time zone. */
@Component
public class UsageReport {

    private final TenantDoor door;
    private final Clock clock;

    UsageReport(TenantDoor door, Clock clock) {
        this.door = door;
        this.clock = clock;
    }

    /** Returns the day that it is in the tenant's time zone. */
    public LocalDate today() {
        return LocalDate.now(clock.withZone(plan().zone()));
    }

    /** The usage from the first to the last day, both included. */
    public Usage between(LocalDate first, LocalDate last) {
        Plan plan = plan();
        List<Usage.ByService> services = byService(first, last);
        long cost = services.stream().mapToLong(Usage.ByService::costMicroUsd).sum();
        return new Usage(
                plan.cents(),
                Math.ceilDiv(cost, Usage.MICRO_USD_OF_A_CENT),
                services.stream().mapToLong(Usage.ByService::calls).sum(),
                cost,
                first.atStartOfDay(plan.zone()).toInstant(),
                last.plusDays(1).atStartOfDay(plan.zone()).toInstant(),
                services,
                byDay(first, last));
    }

    /** Returns the costs of each day and service from the first to the last day, both included. */
    public List<Usage.ByDayAndService> byDayAndService(LocalDate first, LocalDate last) {
        return door.sql("""
                        select day, service_name, sum(calls) as calls, sum(cost_micro_usd) as cost from public.usage_days
                        where user_id = :tenant and day >= :first and day <= :last
                        group by day, service_name order by day, service_name limit 10000
                        """)
                .param("first", first)
                .param("last", last)
                .list(row -> new Usage.ByDayAndService(
                        row.getObject("day", LocalDate.class), row.getString("service_name"), row.getLong("calls"), row.getLong("cost")));
    }

    /** Returns the lines of a statement that follow one, or the first ones, at most {@code most}. */
    public List<StatementLine> statement(LocalDate first, LocalDate last, @Nullable StatementLine after, int most) {
        return door.sql("""
                        select day, agent, service_name, unit, calls, units, input_tokens, output_tokens, cost_micro_usd from public.usage_days
                        where user_id = :tenant and day >= :first and day <= :last
                          and (day, agent, service_name, unit) > (:day, :agent, :service, :unit)
                        order by day, agent, service_name, unit limit :most
                        """)
                .param("first", first)
                .param("last", last)
                .param("day", after == null ? first.minusDays(1) : after.day())
                .param("agent", after == null ? "" : after.agent())
                .param("service", after == null ? "" : after.service())
                .param("unit", after == null ? "" : after.unit())
                .param("most", most)
                .list(row -> new StatementLine(row.getObject("day", LocalDate.class), row.getString("agent"), row.getString("service_name"),
                        row.getString("unit"), row.getLong("calls"), row.getLong("units"), row.getLong("input_tokens"),
                        row.getLong("output_tokens"), row.getLong("cost_micro_usd")));
    }

    /** Returns what this month will cost if the days to come are like the last ones; empty while these are too few to say. */
    public Optional<Forecast> forecast() {
        LocalDate today = today();
        LocalDate back = today.minusDays(Forecast.MAX_DAYS);
        LocalDate first = today.withDayOfMonth(1);
        return Forecast.of(byDay(back.isBefore(first) ? back : first, today), today);
    }

    private record Plan(int cents, ZoneId zone) {}

    private Plan plan() {
        return door.sql("select api_usage_limit, auth.known_zone(time_zone) as zone from public.user_profiles where user_id = :tenant")
                .one(row -> new Plan(row.getInt("api_usage_limit"), ZoneId.of(row.getString("zone"))));
    }

    private List<Usage.ByService> byService(LocalDate first, LocalDate last) {
        return door.sql("""
                        select service_name, sum(calls) as calls, sum(units) as units, sum(input_tokens) as input, sum(output_tokens) as output,
                          sum(cost_micro_usd) as cost, coalesce(sum(units) filter (where unit = 'user'), 0) as accounts
                        from public.usage_days
                        where user_id = :tenant and day >= :first and day <= :last
                        group by service_name order by cost desc, service_name limit 100
                        """)
                .param("first", first)
                .param("last", last)
                .list(row -> new Usage.ByService(row.getString("service_name"), row.getLong("calls"), row.getLong("units"),
                        row.getLong("accounts"), row.getLong("input"), row.getLong("output"), row.getLong("cost")));
    }

    private List<Usage.ByDay> byDay(LocalDate first, LocalDate last) {
        return door.sql("""
                        select day, sum(calls) as calls, sum(cost_micro_usd) as cost from public.usage_days
                        where user_id = :tenant and day >= :first and day <= :last
                        group by day order by day limit 400
                        """)
                .param("first", first)
                .param("last", last)
                .list(row -> new Usage.ByDay(row.getObject("day", LocalDate.class), row.getLong("calls"), row.getLong("cost")));
    }
}
