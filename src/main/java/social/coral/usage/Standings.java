package social.coral.usage;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.tenancy.TenantDoor;

/** Reads where the current tenant's limits stand. */
@Component
public class Standings {

    private final TenantDoor door;
    private final Clock clock;

    Standings(TenantDoor door, Clock clock) {
        this.door = door;
        this.clock = clock;
    }

    private record Terms(String plan, long microUsd, ZoneId zone, Budget budget) {}

    private record OfAgent(String agent, @Nullable Long most, long spent, long spentToday, long open, long openToday) {}

    public Standing now() {
        Terms terms = terms();
        LocalDate today = LocalDate.now(clock.withZone(terms.zone()));
        LocalDate first = today.withDayOfMonth(1);
        LocalDate next = first.plusMonths(1);
        List<OfAgent> agents = agents(today);
        long spent = agents.stream().mapToLong(OfAgent::spent).sum();
        long open = agents.stream().mapToLong(OfAgent::open).sum();
        List<Limit> limits = new ArrayList<>();
        limits.add(new Limit("plan", "", terms.microUsd(), spent, open, first, next));
        Long month = terms.budget().monthMicroUsd();
        if (month != null) {
            limits.add(new Limit("month", "", month, spent, open, first, next));
        }
        Long day = terms.budget().dayMicroUsd();
        if (day != null) {
            limits.add(new Limit("day", "", day, agents.stream().mapToLong(OfAgent::spentToday).sum(), agents.stream().mapToLong(OfAgent::openToday).sum(),
                    today, today.plusDays(1)));
        }
        agents.forEach(agent -> {
            Long most = agent.most();
            if (most != null) {
                limits.add(new Limit("agent", agent.agent(), most, agent.spent(), agent.open(), first, next));
            }
        });
        return new Standing(terms.plan(), terms.budget(), spent, open, limits);
    }

    private Terms terms() {
        return door.sql("""
                        select p.subscription_tier, p.api_usage_limit, auth.known_zone(p.time_zone) as zone,
                          b.month_micro_usd, b.day_micro_usd, coalesce(b.stopped, false) as stopped, b.stopped_at
                        from public.user_profiles as p left join public.budgets as b on b.user_id = :tenant
                        where p.user_id = :tenant
                        """)
                .one(row -> new Terms(row.getString("subscription_tier"), row.getLong("api_usage_limit") * Usage.MICRO_USD_OF_A_CENT,
                        ZoneId.of(row.getString("zone")), Budgets.read(row)));
    }

    private List<OfAgent> agents(LocalDate today) {
        return door.sql("""
                        select coalesce(used.agent, own.agent) as agent, own.month_micro_usd, coalesce(used.spent, 0) as spent,
                          coalesce(used.spent_today, 0) as spent_today, coalesce(used.open, 0) as open, coalesce(used.open_today, 0) as open_today
                        from (
                          select agent, sum(spent) as spent, sum(spent) filter (where day = :today) as spent_today,
                            sum(open) as open, sum(open) filter (where day = :today) as open_today
                          from auth.costs_so_far(:tenant, :today) group by agent
                        ) as used
                        full join (select agent, month_micro_usd from public.agent_budgets where user_id = :tenant) as own on own.agent = used.agent
                        order by agent limit 1000
                        """)
                .param("today", today)
                .list(row -> new OfAgent(row.getString("agent"), row.getObject("month_micro_usd", Long.class), row.getLong("spent"),
                        row.getLong("spent_today"), row.getLong("open"), row.getLong("open_today")));
    }
}
