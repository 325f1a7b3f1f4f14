package social.coral.agents;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import social.coral.content.AccountsStopped;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import social.coral.usage.BudgetChanged;
import social.coral.usage.BudgetFailure;
import social.coral.vault.CallsResumed;

/** Wakes runs of the current tenant when what they wait for may have changed. */
@Component
class RunWakeups {

    private final TenantDoor door;
    private final Runs runs;

    RunWakeups(TenantDoor door, Runs runs) {
        this.door = door;
        this.runs = runs;
    }

    /** Wakes the runs that wait for a service: the reason may be gone. */
    @EventListener
    void callsResumed(CallsResumed event) {
        wakeThoseThatWait(RunServices.PLAN_REFUSED, RunServices.KEY_REFUSED, RunServices.MODEL_NOT_FOUND, RunEngine.KEY_UNREADABLE,
                RunExecution.STEPS_LIMITED, "rate_limited", "unavailable");
    }

    /** Wakes the runs that wait for a budget or a model of the plan: a limit may have been raised. */
    @EventListener
    void budgetChanged(BudgetChanged event) {
        wakeThoseThatWait(BudgetFailure.CODE, RunServices.MODEL_NOT_FOUND);
    }

    /** Wakes the runs that wait only to look up accounts that are no longer collected from. */
    @EventListener
    void accountsStopped(AccountsStopped event) {
        door.transaction(() -> door.sql("""
                        select id from public.agent_runs as run
                        where user_id = :tenant and status = 'waiting' and error_code = :code and not exists (
                          select step.run_id from public.agent_run_steps as step
                          join public.x_accounts as account on account.user_id = step.user_id and '@' || account.username = step.name
                          where step.user_id = :tenant and account.user_id = :tenant and step.run_id = run.id and step.status = 'waiting'
                            and account.is_active)
                        for update
                        """)
                .param("code", RunExecution.STEPS_LIMITED)
                .list(row -> Columns.id(row))
                .forEach(runs::wake));
    }

    private void wakeThoseThatWait(String... codes) {
        door.transaction(() -> door.sql("""
                        select id from public.agent_runs
                        where user_id = :tenant and status = 'waiting' and error_code = any(:codes) for update
                        """)
                .param("codes", codes)
                .list(row -> Columns.id(row))
                .forEach(runs::wake));
    }
}
