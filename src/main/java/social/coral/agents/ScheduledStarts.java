package social.coral.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.Page;

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
            agents.start(agent, null, Runs.Trigger.SCHEDULE);
        } catch (Failure failure) {
            String sentence = "The scheduled run was skipped. " + failure.sentence();
            if (!failure.code().equals("already_running") && !isLatest(agent, sentence)) {
                logs.append(agent, Run.Level.WARNING, "skipped", sentence, null);
            }
        }
    }

    /** Reports whether the log ends with this already, so that what stays missing is logged once and not each time. */
    private boolean isLatest(String agent, String sentence) {
        return logs.list(new AgentLogs.Filter(agent, null, null, null), new Page(1, 0)).stream().anyMatch(entry -> entry.details().equals(sentence));
    }
}
