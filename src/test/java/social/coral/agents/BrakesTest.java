package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.api.Failure;

/** What ends a run that does too much, and what is left of it. */
@CoralTest
class BrakesTest extends ScriptedRun {

    @Autowired
    RunLimitChoices limits;

    private static String threeSteps(Run run) {
        for (String step : run.plan(List.of("one", "two", "three"))) {
            run.step(step, memory -> "done");
        }
        return "all done";
    }

    @Test
    void aRunThatReachesItsLimitOfStepsKeepsWhatItFinishedAndARetryGoesOnFromThere() throws Exception {
        tenant.run(() -> limits.change("scripted", Map.of("steps", 2)));
        UUID run = aRun();
        work(run, BrakesTest::threeSteps);
        AgentRun stopped = read(run);
        assertThat(stopped.status()).isEqualTo(RunStatus.FAILED);
        assertThat(stopped.errorCode()).isEqualTo("step_limit");
        assertThat(stopped.error()).contains("its limit of 2 steps", "Raise the limit under Agents, Limits");
        assertThat(stopped.steps()).extracting(AgentRun.RunStep::status).startsWith(StepStatus.SUCCEEDED, StepStatus.SUCCEEDED);
        tenant.run(() -> door.sql("update public.agent_runs set status = 'queued', finished_at = null, retried_at = now() where user_id = :tenant").update());
        work(run, BrakesTest::threeSteps);
        assertThat(read(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(read(run).steps()).extracting(AgentRun.RunStep::attempts).startsWith(1, 1);
    }

    @Test
    void timeThatWasWorkedCountsOverAllTurns() throws Exception {
        tenant.run(() -> limits.change("scripted", Map.of("minutes", 1)));
        UUID run = aRun();
        tenant.run(() -> door.sql("update public.agent_runs set worked_ms = 60000 where user_id = :tenant").update());
        work(run, BrakesTest::threeSteps);
        assertThat(read(run).errorCode()).isEqualTo("time_limit");
        assertThat(read(run).error()).contains("its limit of 1 minute,");
    }

    private void brakes(Consumer<Brakes> braked) throws Exception {
        UUID run = aRun();
        tenant.run(() -> braked.accept(new Brakes(tools.ledger().take(run).orElseThrow(), tools)));
    }

    private static void stops(String code, Runnable work) {
        assertThatExceptionOfType(RunEnd.Stopped.class).isThrownBy(work::run).satisfies(stopped -> assertThat(stopped.code).isEqualTo(code));
    }

    @Test
    void callsAndTheirCostAreStoppedBeforeTheyAreMade() throws Exception {
        tenant.run(() -> limits.change("scripted", Map.of("calls", 2, "cost_micro_usd", 1_000_000)));
        brakes(brakes -> {
            brakes.call(900_000);
            brakes.cost(900_000);
            stops("cost_limit", () -> brakes.call(200_000));
            brakes.call(0);
            stops("call_limit", () -> brakes.call(0));
        });
    }

    @Test
    void aRunThatAsksTheSameAgainAndAgainIsStopped() throws Exception {
        brakes(brakes -> {
            for (int i = 0; i < Brakes.MAX_SAME; i++) {
                brakes.ask("Is it done?");
                brakes.ask("Is it done? " + i);
            }
            stops("repeats_itself", () -> brakes.ask("Is it done?"));
        });
    }

    @Test
    void aRunThatCallsAndFinishesNothingIsStopped() throws Exception {
        brakes(brakes -> {
            for (int i = 0; i < 2 * Brakes.MAX_CALLS_WITHOUT_PROGRESS; i++) {
                if (i == 50) {
                    brakes.progressed();
                }
                if (i < 50 + Brakes.MAX_CALLS_WITHOUT_PROGRESS) {
                    brakes.call(0);
                }
            }
            stops("no_progress", () -> brakes.call(0));
        });
    }

    @Test
    void limitsThatCannotBeTakenAreNamedAndNothingChanges() throws Exception {
        tenant.run(() -> {
            limits.change("scripted", Map.of("steps", 5));
            assertThatExceptionOfType(Failure.class).isThrownBy(() -> limits.change("scripted", Map.of("steps", 0, "calls", "many", "minutes", 1441, "cost_micro_usd", 1, "x", 1)))
                    .satisfies(failure -> assertThat(failure.errors()).extracting(Failure.FieldError::field)
                            .containsExactlyInAnyOrder("steps", "calls", "minutes", "cost_micro_usd", "x"));
            assertThat(limits.of("scripted")).isEqualTo(new RunLimits(5, null, null, null, null, null));
        });
    }
}
