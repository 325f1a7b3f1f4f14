package social.coral.web.agents;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentCard;
import social.coral.agents.AgentRun;
import social.coral.agents.RunStatus;
import social.coral.api.Quote;
import social.coral.vault.ServiceName;

/** How collecting is set up, and the next step: what mends what is missing, or a run. */
public record Collecting(AgentCard agent) {

    public List<Missing> missing() {
        return Missing.of(agent);
    }

    /** Reports whether to offer the sandbox: there is no key for X. */
    public boolean offersSandbox() {
        return agent.missing().contains(ServiceName.TWITTER_BEARER) && agent.broken(ServiceName.TWITTER_BEARER).isEmpty();
    }

    /** Reports whether to offer the sandbox to another agent, which lacks keys for X. */
    public boolean offersSandbox(AgentCard other) {
        return offersSandbox() && other.missing().stream().anyMatch(key -> key.toString().startsWith("twitter_"));
    }

    public boolean lacksOnlyAccounts() {
        List<Missing> missing = missing();
        return missing.size() == 1 && missing.getFirst().page().equals("/accounts/add");
    }

    public boolean isUnderWay() {
        return agent.lastRun() != null && !agent.lastRun().status().isOver();
    }

    /** Returns what the run waits for, in a sentence; null when none waits. */
    public @Nullable String waitsFor() {
        AgentRun run = agent.lastRun();
        return run != null && run.status() == RunStatus.WAITING && run.waitingUntil() != null ? Quote.removed(run.error()) : null;
    }

    /** Returns what happens to scheduled runs while something is missing: a key that does not work holds them, the rest skips them. */
    public String untilThen() {
        return agent.ready() && agent.stopped() == null ? "Scheduled runs wait until you save a new key." : "Until then scheduled runs are skipped.";
    }

    public String title() {
        List<Missing> missing = missing();
        return switch (missing.size()) {
            case 0 -> waitsFor() != null ? "Collecting is waiting" : isUnderWay() ? "Collecting posts" : "Collect posts";
            case 1 -> missing.getFirst().title();
            default -> "No posts can be collected";
        };
    }
}
