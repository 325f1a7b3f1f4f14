package social.coral.web.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import social.coral.agents.AgentRun;
import social.coral.agents.RunStatus;
import social.coral.agents.StepStatus;

class RunWordsTest {

    @Test
    void aRunThatWasCancelledSaysSoUntilItStopsAndThenThatNothingWasDone() {
        AgentRun stopping = run(RunStatus.RUNNING, true);
        assertThat(RunWords.of(stopping).word()).isEqualTo("Cancelling…");
        assertThat(RunWords.outcome(stopping)).isEqualTo("Starting with @reef_notes");
        AgentRun stopped = run(RunStatus.CANCELLED, false);
        assertThat(RunWords.of(stopped).word()).isEqualTo("Cancelled");
        assertThat(RunWords.outcome(stopped)).isEqualTo("Stopped before anything was done");
    }

    @Test
    void aRunThatFailedAndWasRetriedIsToldFromOneThatNeverFailed() {
        AgentRun retried = new AgentRun(UUID.randomUUID(), "tweet-scraping", null, "schedule", false, RunStatus.SUCCEEDED, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH.plusSeconds(9), null,
                null, false, new AgentRun.Progress(3, 3, "No new posts from 3 accounts"), List.of(), 0, null, null);
        assertThat(RunWords.of(retried).word()).isEqualTo("Completed on retry");
    }

    @Test
    void aFailedStepIsToldByWhatFailedItAndNotByWhatBecameOfTheAccount() {
        AgentRun run = run(RunStatus.SUCCEEDED, false);
        assertThat(RunWords.of(run, failed("not_found")).word()).isEqualTo("Not found");
        assertThat(RunWords.of(run, failed("forbidden")).word()).isEqualTo("Not readable");
        assertThat(RunWords.of(run, failed(null)).word()).isEqualTo("Failed");
    }

    @Test
    void aStepIsCalledWithoutTheIdThatTellsItFromOthersAndNotCutInAWord() {
        assertThat(StepWords.title("Coral bleaching · 40328619")).isEqualTo("Coral bleaching");
        assertThat(StepWords.title("@seven_pencils 2126444949619542519")).isEqualTo("@seven_pencils");
        assertThat(StepWords.title("What people say about “Asked a model to review a parser patc · 40328619"))
                .isEqualTo("What people say about “Asked a model to review a parser…”");
        assertThat(StepWords.title("Revise: Coral bleaching · 40328619")).isEqualTo("Revise: Coral bleaching");
        assertThat(StepWords.title("@reef_notes")).isEqualTo("@reef_notes");
    }

    private static AgentRun.RunStep failed(@Nullable String code) {
        return new AgentRun.RunStep("@reef_notes", StepStatus.FAILED, 1, null, "X broke off before its answer was complete.", code, Instant.EPOCH, Instant.EPOCH);
    }

    private static AgentRun run(RunStatus status, boolean cancelling) {
        AgentRun.Progress begun = new AgentRun.Progress(0, 3, "Starting with @reef_notes");
        return new AgentRun(UUID.randomUUID(), "tweet-scraping", null, "person", false, status, Instant.EPOCH, Instant.EPOCH, null, null, null, cancelling, begun, List.of(), 0, null, null);
    }
}
