package social.coral.agents;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of an agent, as the API and the pages show it.
 *
 * @param subject the one thing that it is about; null for whatever there was to do
 * @param trigger {@code person}, {@code schedule} or {@code chain}
 * @param dryRun whether it only shows what a run would do
 * @param startedAt when it first began
 * @param retriedAt when it was last retried
 * @param waitingUntil when a waiting run continues
 * @param cancelling whether the person has cancelled it while it is running; it ends at its next step, or in a second where it waits for a service
 * @param costMicroUsd what its calls cost so far, in millionths of a US dollar
 * @param error for a failed run, what happened and what to do; for a waiting one, what it waits for
 */
public record AgentRun(
        UUID id,
        String agent,
        @Nullable UUID subject,
        String trigger,
        boolean dryRun,
        RunStatus status,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant retriedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant waitingUntil,
        @JsonIgnore boolean cancelling,
        Progress progress,
        List<RunStep> steps,
        long costMicroUsd,
        @Nullable String error,
        @Nullable String errorCode) {

    /** How far it has come; {@code total} is absent while unknown. */
    public record Progress(int done, @Nullable Integer total, @Nullable String message) {}

    /**
     * One step, committed on its own.
     *
     * @param errorCode {@code not_found} or {@code forbidden} for a failed step that another attempt would not help
     */
    public record RunStep(
            String name,
            StepStatus status,
            int attempts,
            @Nullable String summary,
            @Nullable String error,
            @Nullable String errorCode,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    AgentRun with(List<RunStep> steps) {
        return new AgentRun(id, agent, subject, trigger, dryRun, status, queuedAt, startedAt, retriedAt, finishedAt, waitingUntil, cancelling, progress, steps, costMicroUsd,
                error, errorCode);
    }

    /** Returns when it first began, or was queued if it has not begun. */
    @JsonIgnore
    public Instant begunAt() {
        return startedAt != null ? startedAt : queuedAt;
    }

    /** Returns when its present or last attempt began. */
    @JsonIgnore
    public @Nullable Instant attemptedAt() {
        return retriedAt != null ? retriedAt : startedAt;
    }

    /** Returns the steps that failed. */
    public List<RunStep> failedSteps() {
        return steps.stream().filter(step -> step.status() == StepStatus.FAILED).toList();
    }

    /** Reports whether it succeeded although some of its steps failed. */
    public boolean endedInPart() {
        return status == RunStatus.SUCCEEDED && !failedSteps().isEmpty();
    }

    /** Reports whether {@code POST /api/runs/{id}/retry} has something to retry. */
    public boolean canBeRetried() {
        return !dryRun && (status == RunStatus.FAILED || status == RunStatus.CANCELLED || endedInPart());
    }
}
