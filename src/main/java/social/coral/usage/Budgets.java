package social.coral.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The current tenant's own limits. A change holds from the next call on, and what waits for a budget looks again. */
@Component
public class Budgets {

    private static final long MAX_MICRO_USD = 1_000_000_000_000L;

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

    /** Sets all of it; null is no limit. */
    public Budget change(@Nullable Long monthMicroUsd, @Nullable Long dayMicroUsd, boolean stopped) {
        check("month_micro_usd", monthMicroUsd);
        check("day_micro_usd", dayMicroUsd);
        Budget changed = door.transaction(() -> {
            boolean wasStopped = current().stopped();
            Budget budget = door.sql("""
                            insert into public.budgets as b (month_micro_usd, day_micro_usd, stopped, stopped_at)
                            values (:month, :day, :stopped, case when :stopped then cast(:now as timestamptz) end)
                            on conflict (user_id) do update set month_micro_usd = excluded.month_micro_usd, day_micro_usd = excluded.day_micro_usd,
                              stopped = excluded.stopped, stopped_at = case when excluded.stopped then coalesce(b.stopped_at, excluded.stopped_at) end,
                              updated_at = excluded.updated_at
                            returning month_micro_usd, day_micro_usd, stopped, stopped_at
                            """)
                    .param("month", monthMicroUsd)
                    .param("day", dayMicroUsd)
                    .param("stopped", stopped)
                    .param("now", clock.instant())
                    .one(Budgets::read);
            door.audit(stopped == wasStopped ? "budget.changed" : stopped ? "budget.stopped" : "budget.resumed", "");
            return budget;
        });
        events.publishEvent(new BudgetChanged());
        return changed;
    }

    private static void check(String field, @Nullable Long amount) {
        if (amount != null && (amount < 0 || amount > MAX_MICRO_USD)) {
            throw Failure.invalid(field, "\"" + field + "\" must be a whole number of millionths of a US dollar, from 0 to " + MAX_MICRO_USD + ", or null for no limit.");
        }
    }

    private static Budget read(ResultSet row) throws SQLException {
        return new Budget(
                row.getObject("month_micro_usd", Long.class),
                row.getObject("day_micro_usd", Long.class),
                row.getBoolean("stopped"),
                Columns.optionalInstant(row, "stopped_at"));
    }
}
