package social.coral.agents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.ServiceName;

/** Reads what the last runs of the current tenant's agents cost. */
@Component
public class RecentCosts {

    private static final int MAX_RUNS = 6;

    private final TenantDoor door;

    RecentCosts(TenantDoor door) {
        this.door = door;
    }

    /**
     * Returns what the next runs of an agent will cost with its present keys: for each step, what its visits after the first cost, over
     * the runs since that; a step that is new in these runs is taken to cost the average of the others. Where each run has steps of its own,
     * as those about topics have, the whole runs count. A run that made no successful call says nothing about it. Empty before the first
     * such run.
     */
    public Optional<RecentCost> of(AgentCard agent) {
        return door.sql("""
                        with recent as (
                          select id, queued_at from public.agent_runs
                          where user_id = :tenant and agent = :agent and status in ('succeeded', 'failed')
                            and queued_at >= coalesce((
                              select max(updated_at) from public.user_api_keys where user_id = :tenant and service_name = any(:keys)), '-infinity')
                            and exists (select run_id from public.api_usage_logs as call
                              where call.user_id = :tenant and call.run_id = agent_runs.id and call.status = 'ok')
                          order by queued_at desc limit :most
                        ), spent as (
                          select run_id, step, sum(cost_micro_usd) as cost from public.api_usage_logs
                          where user_id = :tenant and run_id in (select id from recent) group by run_id, step
                        ), visits as (
                          select step.name, recent.queued_at, min(recent.queued_at) over (partition by step.name) as first, coalesce(spent.cost, 0) as cost
                          from recent join public.agent_run_steps as step on step.user_id = :tenant and step.run_id = recent.id and step.status = 'succeeded'
                          left join spent on spent.run_id = recent.id and spent.step = step.name
                        ), steps as (
                          select sum(cost) filter (where queued_at > first) as cost, (select count(*) from recent where queued_at > first) as runs, count(*) as visits
                          from visits group by name, first
                        )
                        select (select count(*) from recent) as runs,
                          (select extract(epoch from max(queued_at) - min(queued_at)) from recent) as seconds,
                          (select coalesce(sum(cost), 0) from spent) as total, coalesce(max(steps.visits), 0) as most_visits, count(*) as steps, count(*) filter (where steps.runs > 0) as known, coalesce(sum(cost / nullif(steps.runs, 0)), 0) as average
                        from steps
                        """)
                .param("agent", agent.name())
                .param("keys", Stream.concat(agent.needs().stream(), agent.optional().stream()).map(ServiceName::toString).toArray(String[]::new))
                .param("most", MAX_RUNS)
                .first(RecentCosts::read)
                .flatMap(Function.identity());
    }

    private static Optional<RecentCost> read(ResultSet row) throws SQLException {
        int runs = row.getInt("runs");
        int known = row.getInt("known");
        if (runs == 0) {
            return Optional.empty();
        }
        boolean isEachNew = row.getInt("most_visits") < 2;
        if (runs == 1 || known == 0 && !isEachNew) {
            return Optional.of(new RecentCost(0, 0, Duration.ZERO));
        }
        Duration apart = Duration.ofSeconds(row.getLong("seconds") / (runs - 1));
        return Optional.of(isEachNew ? new RecentCost(runs, Math.round(row.getDouble("total") / runs), apart)
                : new RecentCost(runs - 1, Math.round(row.getDouble("average") * row.getInt("steps") / known), apart));
    }
}
