package social.coral.web.runs;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentRun;
import social.coral.agents.RunStatus;
import social.coral.agents.StepStatus;
import social.coral.api.Quote;
import social.coral.usage.BudgetFailure;

/** The words for the state of a run or a step. */
public record RunWords(String word, @Nullable String tone) {

    private static final Set<String> BY_A_KEY = Set.of("credentials_refused", "key_unreadable", "missing_keys");

    /** Reports whether the run failed or waits because its key does not work. */
    public static boolean isByKey(AgentRun run) {
        return run.errorCode() != null && BY_A_KEY.contains(run.errorCode());
    }

    public static RunWords of(AgentRun run) {
        if (run.cancelling()) {
            return new RunWords("Cancelling…", "warn");
        }
        if (run.status() == RunStatus.WAITING && isByKey(run)) {
            return new RunWords("Waiting for a new key", "bad");
        }
        if (run.status() == RunStatus.WAITING && BudgetFailure.CODE.equals(run.errorCode())) {
            return new RunWords("Waiting for room in the budget", "warn");
        }
        if (run.dryRun() && run.status() == RunStatus.SUCCEEDED) {
            return new RunWords("Dry run", "info");
        }
        if (run.endedInPart()) {
            return new RunWords("Partly completed", "warn");
        }
        return run.status() == RunStatus.SUCCEEDED && run.retriedAt() != null ? new RunWords("Completed on retry", "good") : of(run.status());
    }

    private static RunWords of(RunStatus status) {
        return switch (status) {
            case QUEUED -> new RunWords("Queued", "info");
            case RUNNING -> new RunWords("Running", "info");
            case WAITING -> new RunWords("Waiting", "warn");
            case SUCCEEDED -> new RunWords("Completed", "good");
            case FAILED -> new RunWords("Failed", "bad");
            case CANCELLED -> new RunWords("Cancelled", null);
        };
    }

    /** A step has the states of a run and two of its own. What is still open in a run that has ended is not finished. */
    public static RunWords of(AgentRun run, AgentRun.RunStep step) {
        boolean isOver = run.status().isOver();
        if (run.dryRun() && isOver && step.status() == StepStatus.PLANNED) {
            return new RunWords("Not done", null);
        }
        return switch (step.status()) {
            case PLANNED -> new RunWords(isOver ? "Not finished" : "Pending", null);
            case RUNNING -> isOver ? new RunWords("Not finished", null) : of(RunStatus.RUNNING);
            case WAITING -> isOver ? new RunWords("Not finished", null) : of(RunStatus.WAITING);
            case SUCCEEDED -> of(RunStatus.SUCCEEDED);
            case FAILED -> failed(step.errorCode());
            case SKIPPED -> new RunWords("Skipped", null);
            case CANCELLED -> of(RunStatus.CANCELLED);
        };
    }

    private static RunWords failed(@Nullable String code) {
        return switch (code) {
            case "not_found" -> new RunWords("Not found", "bad");
            case "forbidden" -> new RunWords("Not readable", "bad");
            case null, default -> of(RunStatus.FAILED);
        };
    }

    /** The result of a run, or what holds it up, without what a service says of it, which its own page shows. */
    public static @Nullable String outcome(AgentRun run) {
        if (run.status() == RunStatus.CANCELLED && run.progress().done() == 0) {
            return "Stopped before anything was done";
        }
        return Quote.removed(run.error() != null ? run.error() : run.progress().message());
    }
}
