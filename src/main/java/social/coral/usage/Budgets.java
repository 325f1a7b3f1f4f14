package social.coral.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The current tenant's own limits. A change holds from the next call on, and what waits for a budget looks again. */
@Component
public class Budgets {

    /** The highest limit that can be set. */
    public static final long MAX_MICRO_USD = 1_000_000_000_000L;

    private static final int MAX_AGENT_LENGTH = 64;

    private final TenantDoor door;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Budgets(TenantDoor door, ApplicationEventPublisher events, Clock clock) {
        this.door = door;
        this.events = events;
        this.clock = clock;
    }

    public Budget current() {
        return door.sql("select month_micro_usd, day_micro_usd, stopped, stopped_at from public.budgets where user_id = :tenant")
                .first(Budgets::read)
                .orElse(Budget.NONE);
    }

    /** Returns the agents that have limits. */
    public List<AgentBudget> agents() {
        return door.sql("select agent, month_micro_usd, run_micro_usd from public.agent_budgets where user_id = :tenant order by agent limit 1000")
                .list(row -> new AgentBudget(
                        row.getString("agent"), row.getObject("month_micro_usd", Long.class), row.getObject("run_micro_usd", Long.class)));
    }

    /** Sets all of it but the agents' limits; null is no limit. */
    public Budget change(@Nullable Long monthMicroUsd, @Nullable Long dayMicroUsd, boolean stopped) {
        check("month_micro_usd", monthMicroUsd);
        check("day_micro_usd", dayMicroUsd);
        return change(now -> new Budget(monthMicroUsd, dayMicroUsd, stopped, null), List.of());
    }

    /** Sets the limits, and those of these agents, and leaves it as it is whether all calls are stopped. */
    public void limit(@Nullable Long monthMicroUsd, @Nullable Long dayMicroUsd, List<AgentBudget> agents) {
        check("month_micro_usd", monthMicroUsd);
        check("day_micro_usd", dayMicroUsd);
        agents.forEach(Budgets::check);
        change(now -> new Budget(monthMicroUsd, dayMicroUsd, now.stopped(), null), agents);
    }

    /** Returns the limits of one agent. */
    public AgentBudget agent(String name) {
        return agents().stream().filter(agent -> agent.agent().equals(name)).findFirst().orElse(new AgentBudget(name, null, null));
    }

    /** Sets the limits of one agent. */
    public void limit(AgentBudget agent) {
        check(agent);
        change(now -> now, List.of(agent));
    }

    /** Ends all calls at once, or allows them again, and leaves the limits as they are. */
    public void stop(boolean stopped) {
        change(now -> new Budget(now.monthMicroUsd(), now.dayMicroUsd(), stopped, null), List.of());
    }

    private Budget change(UnaryOperator<Budget> edit, List<AgentBudget> agents) {
        Budget changed = door.transaction(() -> {
            door.sql("insert into public.budgets default values on conflict (user_id) do nothing").update();
            Budget before = door.sql("select month_micro_usd, day_micro_usd, stopped, stopped_at from public.budgets where user_id = :tenant for no key update")
                    .one(Budgets::read);
            Budget wanted = edit.apply(before);
            Budget budget = door.sql("""
                            update public.budgets set month_micro_usd = :month, day_micro_usd = :day, stopped = :stopped,
                              stopped_at = case when :stopped then coalesce(stopped_at, cast(:now as timestamptz)) end, updated_at = :now
                            where user_id = :tenant
                            returning month_micro_usd, day_micro_usd, stopped, stopped_at
                            """)
                    .param("month", wanted.monthMicroUsd())
                    .param("day", wanted.dayMicroUsd())
                    .param("stopped", wanted.stopped())
                    .param("now", clock.instant())
                    .one(Budgets::read);
            agents.forEach(this::save);
            door.audit(wanted.stopped() == before.stopped() ? "budget.changed" : wanted.stopped() ? "budget.stopped" : "budget.resumed", "");
            return budget;
        });
        if (!changed.stopped()) {
            events.publishEvent(new BudgetChanged());
        }
        return changed;
    }

    private void save(AgentBudget agent) {
        door.sql("""
                        insert into public.agent_budgets (agent, month_micro_usd, run_micro_usd) values (:agent, :month, :run)
                        on conflict (user_id, agent) do update set month_micro_usd = excluded.month_micro_usd,
                          run_micro_usd = excluded.run_micro_usd, updated_at = excluded.updated_at
                        """)
                .param("agent", agent.agent())
                .param("month", agent.monthMicroUsd())
                .param("run", agent.runMicroUsd())
                .update();
    }

    private static void check(AgentBudget agent) {
        if (agent.agent().isEmpty() || agent.agent().length() > MAX_AGENT_LENGTH) {
            throw Failure.invalid("agent", "\"agent\" must be the name of an agent.");
        }
        check("month_micro_usd", agent.monthMicroUsd());
        check("run_micro_usd", agent.runMicroUsd());
    }

    private static void check(String field, @Nullable Long amount) {
        if (amount != null && (amount < 0 || amount > MAX_MICRO_USD)) {
            throw Failure.invalid(field, "\"" + field + "\" must be a whole number of millionths of a US dollar, from 0 to " + MAX_MICRO_USD + ", or null for no limit.");
        }
    }

    static Budget read(ResultSet row) throws SQLException {
        return new Budget(
                row.getObject("month_micro_usd", Long.class),
                row.getObject("day_micro_usd", Long.class),
                row.getBoolean("stopped"),
                Columns.optionalInstant(row, "stopped_at"));
    }
}
