package social.coral.web.usage;

import java.util.List;
import org.springframework.stereotype.Component;
import social.coral.agents.AgentRun;
import social.coral.agents.RunStatus;
import social.coral.agents.Runs;
import social.coral.api.Page;
import social.coral.usage.BudgetFailure;

/** The runs that limits hold up, or would. */
@Component
class BudgetRuns {

    private static final Page ALL = new Page(Page.MAX_LIMIT, 0);

    private final Runs runs;

    BudgetRuns(Runs runs) {
        this.runs = runs;
    }

    /** Returns the runs that wait for a budget. */
    List<AgentRun> waiting() {
        return runs.list(null, RunStatus.WAITING, ALL).stream().filter(run -> BudgetFailure.CODE.equals(run.errorCode())).toList();
    }

    /** Counts the runs that would wait at their next call if all spending were stopped. */
    int underWay() {
        return runs.list(null, RunStatus.RUNNING, ALL).size() + runs.list(null, RunStatus.QUEUED, ALL).size();
    }
}
