package social.coral.agents;

import social.coral.tenancy.TenantDoor;
import social.coral.usage.BudgetFailure;

/** The runs of the current tenant that wait for a budget or a model, for the operator's commands, which run beside the workers. */
public final class WaitingRuns {

    private WaitingRuns() {}

    /** Lets the workers take them up now: a limit may have been raised. */
    public static void goOn(TenantDoor door) {
        door.sql("""
                        select jobs.announce(:task, id::text, now()) from public.agent_runs
                        where user_id = :tenant and status = 'waiting' and error_code = any(:codes)
                        """)
                .param("task", AgentJobs.RUN)
                .param("codes", new String[] {BudgetFailure.CODE, RunServices.MODEL_NOT_FOUND})
                .list(row -> true);
    }
}
