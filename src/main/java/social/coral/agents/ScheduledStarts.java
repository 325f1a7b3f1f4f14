package social.coral.agents;

import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/** Starts a run when its time has come; what it lacks goes to the log, since nobody is there to be told. */
@Component
class ScheduledStarts {

    private final Agents agents;
    private final AgentLogs logs;

    ScheduledStarts(Agents agents, AgentLogs logs) {
        this.agents = agents;
        this.logs = logs;
    }

    void start(String agent) {
        try {
            agents.start(agent, Runs.Trigger.SCHEDULE);
        } catch (Failure failure) {
            if (!failure.code().equals("already_running")) {
                logs.append(agent, Run.Level.WARNING, "skipped", "The scheduled run was skipped. " + failure.sentence(), null);
            }
        }
    }
}
