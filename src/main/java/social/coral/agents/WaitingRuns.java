package social.coral.agents;

import social.coral.tenancy.TenantDoor;
import social.coral.usage.BudgetFailure;

/** The runs of the current tenant that wait for a budget, for the operator's commands, which run beside the workers. */
public final class WaitingRuns {

    private WaitingRuns() {}

    /** Lets the workers take them up now: a limit may have been raised. */
    public static void goOn(TenantDoor door) {
        door.sql("""
                        select jobs.announce(:task, id::text, now()) from public.agent_runs
                        where user_id = :tenant and status = 'waiting' and error_code = :code
                        """)
                .param("task", AgentJobs.RUN)
                .param("code", BudgetFailure.CODE)
                .list(row -> true);
    }
}
