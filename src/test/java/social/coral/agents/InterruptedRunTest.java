package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.jobs.TestTurn;

/** What becomes of a run whose process ends, whose turn is over, or that is cancelled. */
@CoralTest
class InterruptedRunTest extends ScriptedRun {

    @Test
    void aRunThatWasInterruptedAnywhereDoesEachPieceOfWorkOnce() throws Exception {
        Random crashes = new Random(7);
        for (int round = 0; round < 20; round++) {
            UUID run = aRun();
            Function<Run, String> work = given -> {
                for (int step = 0; step < 3; step++) {
                    String name = "step " + step;
                    given.step(name, memory -> {
                        for (int done = given.recalled(name, Done.class).map(Done::count).orElse(0); done < 4; done++) {
                            maybeCrash(crashes);
                            int next = done + 1;
                            memory.commit(() -> {
                                given.log(Run.Level.INFO, name + " piece " + next);
                                maybeCrash(crashes);
                                return new Run.Committed<>(new Done(next), true);
                            });
                            maybeCrash(crashes);
                        }
                        return "done";
                    });
                    maybeCrash(crashes);
                }
                return "all done";
            };
            while (!status(run).isOver()) {
                try {
                    work(run, work);
                } catch (Crash crash) {
                    // The process died here; the next turn of the loop is its restart.
                }
            }
            assertThat(status(run)).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(pieces(run)).hasSize(12).doesNotHaveDuplicates();
            tenant = Tenants.aTenant(databases);
        }
    }

    @Test
    void aWorkerThatWasThoughtDeadCanWriteNothingMore() throws Exception {
        UUID run = aRun();
        work(run, first -> {
            first.step("one", memory -> {
                take(run);
                memory.commit(() -> {
                    first.log(Run.Level.INFO, "written by the dead");
                    return new Run.Committed<>(new Done(1), true);
                });
                return "done";
            });
            return "done";
        });
        assertThat(status(run)).isEqualTo(RunStatus.RUNNING);
        assertThat(pieces(run)).isEmpty();
    }

    @Test
    void whatWentInAndCameOutIsThereAfterACrashAndOnce() throws Exception {
        UUID run = aRun();
        Function<Run, String> work = given -> {
            given.step("one", memory -> {
                memory.read("Topic", "Reefs", "/insights");
                boolean isFirst = given.recalled("one", Done.class).isEmpty();
                memory.commit(() -> {
                    memory.made("Draft " + given.recalled("one", Done.class).map(Done::count).orElse(0), "Corals", null);
                    return new Run.Committed<>(new Done(1), true);
                });
                if (isFirst) {
                    memory.made("Never stored", "", null);
                    throw new Crash();
                }
                return "done";
            });
            return "done";
        };
        assertThatExceptionOfType(Crash.class).isThrownBy(() -> work(run, work));
        assertThat(tenant.call(() -> runs.material(run, 0, 0)).getOrDefault(0, StepMaterial.NONE).made()).extracting(StepMaterial.Piece::label).containsExactly("Draft 0");
        work(run, work);
        StepMaterial after = tenant.call(() -> runs.material(run, 0, 0)).getOrDefault(0, StepMaterial.NONE);
        assertThat(after.read()).extracting(StepMaterial.Piece::text).containsExactly("Reefs");
        assertThat(after.made()).extracting(StepMaterial.Piece::label).containsExactly("Draft 0", "Draft 1");
    }

    @Test
    void aCancelledRunEndsAtItsNextCommitAndKeepsWhatWasCommitted() throws Exception {
        UUID run = aRun();
        work(run, given -> {
            given.step("one", memory -> {
                for (int piece = 1; piece <= 3; piece++) {
                    int number = piece;
                    memory.commit(() -> {
                        given.log(Run.Level.INFO, "piece " + number);
                        return new Run.Committed<>(new Done(number), true);
                    });
                    if (piece == 2) {
                        assertThat(runs.cancel(run).cancelling()).isTrue();
                    }
                }
                return "done";
            });
            return "done";
        });
        assertThat(status(run)).isEqualTo(RunStatus.CANCELLED);
        assertThat(tenant.call(() -> runs.find(run).orElseThrow().cancelling())).isFalse();
        assertThat(pieces(run)).containsExactlyInAnyOrder("piece 1", "piece 2");
    }

    @Test
    void whatWasPlannedAtFirstIsWhatAnInterruptedRunEndsWhateverIsThereToDoThen() throws Exception {
        UUID run = aRun();
        List<String> seen = new ArrayList<>();
        List<String> toDo = new ArrayList<>(List.of("one", "two"));
        Function<Run, String> work = given -> {
            for (String step : given.plan(List.copyOf(toDo))) {
                given.step(step, memory -> {
                    seen.add(step);
                    return "done";
                });
                if (seen.equals(List.of("one")) && toDo.size() == 2) {
                    toDo.add("three");
                    throw new Crash();
                }
            }
            return "done";
        };
        assertThatExceptionOfType(Crash.class).isThrownBy(() -> work(run, work));
        assertThat(read(run).steps()).extracting(AgentRun.RunStep::status).containsExactly(StepStatus.SUCCEEDED, StepStatus.PLANNED);
        work(run, work);
        assertThat(seen).containsExactly("one", "two");
        assertThat(read(run).steps()).extracting(AgentRun.RunStep::name).containsExactly("one", "two");
    }

    @Test
    void theTimeThatAStepTookIsThatOfItsLastAttempt() throws Exception {
        UUID run = aRun();
        assertThatExceptionOfType(Crash.class).isThrownBy(() -> work(run, given -> {
            given.step("one", memory -> {
                throw new Crash();
            });
            return "done";
        }));
        tenant.run(() -> door.sql("update public.agent_run_steps set started_at = now() - interval '1 hour' where user_id = :tenant").update());
        work(run, given -> {
            given.step("one", memory -> "done");
            return "done";
        });
        AgentRun.RunStep step = read(run).steps().getFirst();
        assertThat(step.attempts()).isEqualTo(2);
        assertThat(Duration.between(step.startedAt(), step.finishedAt())).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void aStoppingProcessPutsTheRunDownForTheNext() throws Exception {
        UUID run = aRun();
        List<String> seen = new ArrayList<>();
        boolean[] stopping = {false};
        Agent agent = agent(given -> {
            given.step("one", memory -> {
                seen.add("one");
                stopping[0] = true;
                return "done";
            });
            given.step("two", memory -> {
                seen.add("two");
                return "done";
            });
            return "done";
        });
        RunEngine engine = new RunEngine(List.of(agent), tools);
        Optional<Instant> again = tenant.call(() -> engine.work(run, new TestTurn(() -> false, () -> stopping[0]), Instant.EPOCH));
        assertThat(again).contains(Instant.EPOCH);
        assertThat(status(run)).isEqualTo(RunStatus.QUEUED);
        tenant.call(() -> engine.work(run, TestTurn.ENDLESS, Instant.EPOCH));
        assertThat(status(run)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(seen).containsExactly("one", "two");
    }

    @Test
    void aRunWhoseTurnIsOverGoesOnBehindItsLastCommitAsTheSameAttempt() throws Exception {
        UUID run = aRun();
        Function<Run, String> work = given -> {
            for (String step : given.plan(List.of("one", "two"))) {
                given.step(step, memory -> {
                    for (int done = given.recalled(step, Done.class).map(Done::count).orElse(0); done < 2; done++) {
                        int next = done + 1;
                        memory.commit(() -> {
                            given.log(Run.Level.INFO, step + " piece " + next);
                            return new Run.Committed<>(new Done(next), true);
                        });
                    }
                    return "done";
                });
            }
            return "all done";
        };
        RunEngine engine = new RunEngine(List.of(agent(work)), tools);
        TestTurn shortTurn = new TestTurn(() -> true, () -> false);
        int turns = 0;
        while (tenant.call(() -> engine.work(run, shortTurn, Instant.EPOCH)).isPresent()) {
            turns++;
            assertThat(status(run)).as("what a person sees between two turns").isEqualTo(RunStatus.RUNNING);
        }
        assertThat(turns).as("over behind each commit, and behind the first step").isEqualTo(5);
        assertThat(status(run)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(read(run).steps()).extracting(AgentRun.RunStep::attempts).containsExactly(1, 1);
        assertThat(pieces(run)).containsExactlyInAnyOrder("one piece 1", "one piece 2", "two piece 1", "two piece 2");
    }

    @Test
    void aRunIsCancelledBetweenTwoTurns() throws Exception {
        UUID run = aRun();
        RunEngine engine = new RunEngine(List.of(agent(given -> {
            given.step("one", memory -> "done");
            given.step("two", memory -> "done");
            return "done";
        })), tools);
        tenant.call(() -> engine.work(run, new TestTurn(() -> true, () -> false), Instant.EPOCH));
        tenant.call(() -> runs.cancel(run));
        assertThat(tenant.call(() -> engine.work(run, TestTurn.ENDLESS, Instant.EPOCH))).isEmpty();
        assertThat(read(run).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(read(run).steps()).extracting(AgentRun.RunStep::name).containsExactly("one");
    }

    private static final class Crash extends Error {}

    private static void maybeCrash(Random crashes) {
        if (crashes.nextInt(12) == 0) {
            throw new Crash();
        }
    }

    private void take(UUID run) {
        assertThat(tools.ledger().take(run)).isPresent();
    }
}
