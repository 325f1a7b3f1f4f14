package social.coral.web.runs;

import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentRun;
import social.coral.agents.RunStatus;

/** How the state of a run or a step is told. */
public record RunWords(String word, @Nullable String tone) {

    public static RunWords of(AgentRun run) {
        return run.endedInPart() ? new RunWords("Done in part", "warn") : of(run.status());
    }

    private static RunWords of(RunStatus status) {
        return switch (status) {
            case QUEUED -> new RunWords("Queued", "info");
            case RUNNING -> new RunWords("Running", "info");
            case WAITING -> new RunWords("Waiting", "warn");
            case SUCCEEDED -> new RunWords("Done", "good");
            case FAILED -> new RunWords("Failed", "bad");
            case CANCELLED -> new RunWords("Cancelled", null);
        };
    }

    /** A step has the states of a run, but for the queue. */
    public static RunWords ofStep(String status) {
        return of(RunStatus.valueOf(status.toUpperCase(java.util.Locale.ROOT)));
    }

    /** What came of a run, or what holds it up. */
    public static @Nullable String outcome(AgentRun run) {
        return run.error() != null ? run.error() : run.progress().message();
    }
}
