package social.coral.agents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.agents.RunLedger.Lease;
import social.coral.api.Failure;
import social.coral.api.Failure.FieldError;
import social.coral.tenancy.TenantDoor;

/** What the current tenant lets one run of each agent do at most. */
@Component
public class RunLimitChoices {

    /** What a run has done and spent since it was started or last retried. */
    record Spent(int steps, int calls, long costMicroUsd) {}

    private final TenantDoor door;

    RunLimitChoices(TenantDoor door) {
        this.door = door;
    }

    public RunLimits of(String agent) {
        return door.sql("select steps, calls, minutes, most_micro_usd, hours_apart, parts from public.agent_limits where user_id = :tenant and agent = :agent")
                .param("agent", agent)
                .first(RunLimitChoices::read)
                .orElse(RunLimits.NONE);
    }

    /** Those of the agents for which something was chosen, by name. */
    Map<String, RunLimits> all() {
        return door.sql("select agent, steps, calls, minutes, most_micro_usd, hours_apart, parts from public.agent_limits where user_id = :tenant order by agent")
                .list(row -> Map.entry(row.getString("agent"), read(row))).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static RunLimits read(ResultSet row) throws SQLException {
        return new RunLimits(
                row.getObject("steps", Integer.class),
                row.getObject("calls", Integer.class),
                row.getObject("minutes", Integer.class),
                row.getObject("most_micro_usd", Long.class),
                row.getObject("hours_apart", Integer.class),
                row.getObject("parts", Integer.class));
    }

    /** What counts against the limits of a run. */
    Spent spent(Lease lease) {
        return door.sql("""
                        select
                          (select count(*) from public.agent_run_steps as step where step.user_id = :tenant and step.run_id = run.id
                            and step.finished_at >= coalesce(run.retried_at, '-infinity')) as steps,
                          (select count(*) from public.api_usage_logs as call where call.user_id = :tenant and call.run_id = run.id
                            and call.created_at >= coalesce(run.retried_at, '-infinity')) as calls,
                          (select coalesce(sum(call.cost_micro_usd), 0) from public.api_usage_logs as call where call.user_id = :tenant
                            and call.run_id = run.id and call.created_at >= coalesce(run.retried_at, '-infinity')) as cost
                        from public.agent_runs as run where run.user_id = :tenant and run.id = :run
                        """)
                .param("run", lease.run())
                .one(row -> new Spent(row.getInt("steps"), row.getInt("calls"), row.getLong("cost")));
    }

    /**
     * Changes the given limits of an agent that there is; a null sets the default again. Each that cannot be taken is named (400), and then
     * nothing changes.
     */
    RunLimits change(String agent, Map<String, ?> fields) {
        return door.transaction(() -> {
            door.lockTenant();
            RunLimits before = of(agent);
            RunLimits changed = changed(agent, before, fields);
            if (!changed.equals(before)) {
                save(agent, changed);
                door.audit("run_limits.changed", agent);
            }
            return changed;
        });
    }

    private static RunLimits changed(String agent, RunLimits before, Map<String, ?> fields) {
        List<FieldError> errors = new ArrayList<>();
        Integer steps = before.steps();
        Integer calls = before.calls();
        Integer minutes = before.minutes();
        Long cost = before.costMicroUsd();
        Integer hoursApart = before.hoursApart();
        Integer parts = before.parts();
        for (Map.Entry<String, ?> given : fields.entrySet()) {
            String field = given.getKey();
            Object value = given.getValue();
            try {
                switch (field) {
                    case "steps" -> steps = whole(field, value, RunLimits.MAX_STEPS);
                    case "calls" -> calls = whole(field, value, RunLimits.MAX_CALLS);
                    case "minutes" -> minutes = whole(field, value, RunLimits.MAX_MINUTES);
                    case "cost_micro_usd" -> cost = cost(field, value);
                    case "hours_apart" -> hoursApart = whole(field, only(Agents.REPLIES, agent, field, value), RunLimits.MAX_HOURS_APART);
                    case "parts" -> parts = whole(field, only(Agents.THREADS, agent, field, value), RunLimits.MAX_PARTS);
                    default -> throw Failure.unknownField(field);
                }
            } catch (Failure refused) {
                errors.addAll(refused.errors());
            }
        }
        if (!errors.isEmpty()) {
            throw Failure.invalid(errors);
        }
        return new RunLimits(steps, calls, minutes, cost, hoursApart, parts);
    }

    private static @Nullable Object only(String owner, String agent, String field, @Nullable Object value) {
        if (value != null && !agent.equals(owner)) {
            throw Failure.invalid(field, "Only the agent " + owner + " has this.");
        }
        return value;
    }

    private static @Nullable Integer whole(String field, @Nullable Object value, int most) {
        if (value == null || value instanceof Integer number && number >= 1 && number <= most) {
            return (Integer) value;
        }
        throw Failure.invalid(field, "This must be a whole number from 1 to %,d, or nothing for the default.".formatted(most));
    }

    private static @Nullable Long cost(String field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Integer || value instanceof Long) {
            long cost = ((Number) value).longValue();
            if (cost >= RunLimits.LEAST_COST && cost <= RunLimits.MOST_COST) {
                return cost;
            }
        }
        throw Failure.invalid(field, "The cost must be from $0.01 to $1,000, or nothing for the default.");
    }

    private void save(String agent, RunLimits limits) {
        door.sql("""
                        insert into public.agent_limits (agent, steps, calls, minutes, most_micro_usd, hours_apart, parts)
                        values (:agent, :steps, :calls, :minutes, :cost, :hours_apart, :parts)
                        on conflict (user_id, agent) do update set steps = excluded.steps, calls = excluded.calls, minutes = excluded.minutes,
                          most_micro_usd = excluded.most_micro_usd, hours_apart = excluded.hours_apart, parts = excluded.parts,
                          updated_at = excluded.updated_at
                        """)
                .param("agent", agent)
                .param("steps", limits.steps())
                .param("calls", limits.calls())
                .param("minutes", limits.minutes())
                .param("cost", limits.costMicroUsd())
                .param("hours_apart", limits.hoursApart())
                .param("parts", limits.parts())
                .update();
    }
}
