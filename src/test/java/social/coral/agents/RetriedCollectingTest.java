package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import social.coral.CoralTest;
import social.coral.content.AccountState;

/** What a retry of a collecting run reads again, and what the next run does. */
@CoralTest
class RetriedCollectingTest extends FaultySandbox {

    @Test
    void tryingAgainTakesWhatFailedAndNothingElseAndTellsWhatIsGoneMeanwhile() throws Exception {
        List.of(0, 1, 2).forEach(i -> follows(handles.get(i)));
        fault("{\"handle\":\"" + handles.get(1) + "\",\"kind\":\"503\",\"times\":50}");
        fault("{\"handle\":\"" + handles.get(2) + "\",\"kind\":\"503\",\"times\":50}");
        AgentRun first = runToItsEnd();
        assertThat(first.progress().message()).isEqualTo("Collected 100 new posts from 1 account; 2 of 3 accounts could not be read");
        noMoreFaults();
        UUID removed = account(handles.get(1)).id();
        tenant.run(() -> accounts.remove(removed));
        follows("night_trains");

        tenant.run(() -> runs.retry(first.id()));
        AgentRun second = toItsEnd(first.id());
        assertThat(second.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(second.progress().message()).isEqualTo("Collected 200 new posts from 2 accounts; 1 skipped");
        assertThat(second.steps()).extracting(AgentRun.RunStep::name).containsExactlyElementsOf(first.steps().stream().map(AgentRun.RunStep::name).toList());
        assertThat(step(second, handles.get(0)).attempts()).isEqualTo(1);
        assertThat(step(second, handles.get(1)).status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(step(second, handles.get(1)).summary()).isEqualTo("Skipped: removed since");
        assertThat(step(second, handles.get(2)).status()).isEqualTo(StepStatus.SUCCEEDED);
        assertThat(second.startedAt()).as("the first start stays").isEqualTo(first.startedAt());
        assertThat(second.retriedAt()).isBetween(first.finishedAt(), second.finishedAt());
        assertThat(second.canBeRetried()).isFalse();
        assertThat(posts()).isEqualTo(200);
    }

    @Test
    void anAccountThatWasSwitchedOffSinceIsSkippedAndNotReadAgain() throws Exception {
        follows(handles.get(0), handles.get(1));
        fault("{\"handle\":\"" + handles.get(1) + "\",\"kind\":\"503\",\"times\":50}");
        UUID run = runToItsEnd().id();
        noMoreFaults();
        UUID off = account(handles.get(1)).id();
        tenant.run(() -> accounts.change(off, null, false));
        tenant.run(() -> runs.retry(run));
        assertThat(step(toItsEnd(run), handles.get(1)).summary()).isEqualTo("Skipped: paused since the run started");
        assertThat(posts()).isEqualTo(100);
    }

    @Test
    void manyRetriesAtOnceAreOneAndLeaveNoRunBehind() throws Exception {
        follows(handles.get(0));
        fault("{\"kind\":\"503\",\"times\":50}");
        UUID failed = runToItsEnd().id();
        noMoreFaults();
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<AgentRun>> tries = IntStream.range(0, 8).mapToObj(i -> many.submit(() -> tenant.call(() -> runs.retry(failed)))).toList();
            many.shutdown();
            assertThat(many.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(tries.stream().filter(one -> one.state() == Future.State.SUCCESS)).isNotEmpty();
        }
        assertThat(toItsEnd(failed).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(posts()).isEqualTo(100);
    }

    @Test
    void anOutageMarksNothingAsDoneAndTheNextRunCollectsEverything() throws Exception {
        follows(handles.get(0), handles.get(1));
        fault("{\"kind\":\"503\",\"times\":50}");
        AgentRun failed = runToItsEnd();
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        assertThat(failed.error()).isEqualTo("Neither of the 2 accounts could be read. The sandbox answered with an error (status 503)."
                + " The sandbox says: “The sandbox cannot answer this call now”.");
        assertThat(posts()).isZero();
        assertThat(account(handles.get(0)).lastCollectedAt()).isNull();

        assertThat(logged()).filteredOn(line -> line.contains("status 503")).as("once for the accounts, once for the run").hasSize(2);

        noMoreFaults();
        UUID again = tenant.call(() -> runs.retry(failed.id()).id());
        assertThat(toItsEnd(again).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(posts()).isEqualTo(200);
        assertThat(account(handles.get(0)).state()).isEqualTo(AccountState.OK);
    }
}
