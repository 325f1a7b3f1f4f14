package social.coral.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/** Starts scheduled runs. What a run lacks goes to the log, since nobody is there to read an answer. */
@Component
class ScheduledStarts {

    private final Agents agents;
    private final AgentLogs logs;

    ScheduledStarts(Agents agents, AgentLogs logs) {
        this.agents = agents;
        this.logs = logs;
    }

    /** Postpones a start that keeps failing. */
    Optional<Instant> setAside(String agent, boolean brokeProcess, Instant now) {
        logs.append(agent, Run.Level.ERROR, "set_aside", "The scheduled run was put off for an hour: "
                + (brokeProcess ? "Coral Social stopped twice while starting it." : "many attempts to start it failed.")
                + " Ask your administrator to look at the log.", null);
        return Optional.of(now.plus(Duration.ofHours(1)));
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
