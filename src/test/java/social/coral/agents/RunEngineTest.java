package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.api.Failure;
import social.coral.jobs.TestTurn;
import social.coral.networks.TestNetwork;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/** What the engine promises, shown with agents written for the purpose and a real database. */
@CoralTest
class RunEngineTest {

    record Done(int count) {}

    @Autowired
    Databases databases;

    @Autowired
    TenantDoor door;

    @Autowired
    RunTools tools;

    @Autowired
    Runs runs;

    private Tenant tenant;

    @BeforeEach
    void aTenant() {
        tenant = Tenants.aTenant(databases);
    }

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
    void aStepWhoseProgressCannotBeReadFailsByNameAndTheOthersGoOn() throws Exception {
        UUID run = aRun();
        work(run, given -> {
            given.step("odd", memory -> {
                memory.commit(() -> new Run.Committed<>(new Done(1), true));
                door.sql("update public.agent_run_steps set state = '{\"count\": \"many\"}' where user_id = :tenant").update();
                return "done " + given.recalled("odd", Done.class).map(Done::count).orElse(0);
            });
            given.step("good", memory -> "done");
            return "all done";
        });
        AgentRun after = tenant.call(() -> runs.find(run).orElseThrow());
        assertThat(after.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(after.steps()).extracting(AgentRun.RunStep::status).containsExactly("failed", "succeeded");
        assertThat(after.steps().getFirst().error()).startsWith("odd cannot be read");
    }

    @Test
    void aRunThatReadsMoreThanThereIsRoomForEndsInWords() throws Exception {
        UUID run = aRun();
        work(run, given -> door.sql("select repeat('x', 40000000) where :tenant is not null").one(row -> row.getString(1)));
        AgentRun after = tenant.call(() -> runs.find(run).orElseThrow());
        assertThat(after.status()).isEqualTo(RunStatus.FAILED);
        assertThat(after.errorCode()).isEqualTo("result_too_long");
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
                        runs.cancel(run);
                    }
                }
                return "done";
            });
            return "done";
        });
        assertThat(status(run)).isEqualTo(RunStatus.CANCELLED);
        assertThat(pieces(run)).containsExactlyInAnyOrder("piece 1", "piece 2");
    }

    @Test
    void whatOneStepCannotDoIsToldAndDoesNotStopTheOthers() throws Exception {
        UUID run = aRun();
        work(run, given -> {
            Run.StepEnd first = given.step("first", memory -> {
                throw Failure.conflict("no", "The first could not be done.");
            });
            Run.StepEnd second = given.step("second", memory -> "The second was done.");
            return first + " " + second;
        });
        AgentRun after = read(run);
        assertThat(after.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(after.steps()).extracting(AgentRun.RunStep::status).containsExactly("failed", "succeeded");
        assertThat(pieces(run)).contains("first: The first could not be done.");
    }

    @Test
    void aWantOfRoomOfOursLetsTheRunWaitInWordsAndFailsNothing() throws Exception {
        UUID run = aRun();
        Instant later = Instant.EPOCH.plusSeconds(60);
        AtomicInteger tries = new AtomicInteger();
        Function<Run, String> work = given -> given.step("one", memory -> {
            if (tries.incrementAndGet() == 1) {
                throw TestNetwork.noRoom(later);
            }
            return "done";
        }).toString();
        assertThat(work(run, work)).contains(later);
        AgentRun waiting = read(run);
        assertThat(waiting.status()).isEqualTo(RunStatus.WAITING);
        assertThat(waiting.errorCode()).isEqualTo("no_room");
        assertThat(waiting.steps()).extracting(AgentRun.RunStep::status).containsExactly("waiting");
        assertThat(work(run, work)).isEmpty();
        assertThat(read(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aFaultThatEachStepMeetsIsEnteredInTheLogOnce() throws Exception {
        UUID run = aRun();
        work(run, given -> {
            for (String step : List.of("one", "two", "three")) {
                given.step(step, memory -> {
                    throw Failure.conflict("away", "X cannot be reached.");
                });
            }
            return "done";
        });
        assertThat(read(run).failedSteps()).extracting(AgentRun.RunStep::error).containsOnly("X cannot be reached.").hasSize(3);
        assertThat(pieces(run)).containsExactly("one: X cannot be reached.");
    }

    @Test
    void retryTriesOnlyWhatFailed() throws Exception {
        UUID run = aRun();
        AtomicInteger good = new AtomicInteger();
        AtomicInteger bad = new AtomicInteger();
        Function<Run, String> work = given -> {
            given.step("good", memory -> "done " + good.incrementAndGet());
            given.step("bad", memory -> {
                if (bad.incrementAndGet() == 1) {
                    throw Failure.conflict("no", "Not the first time.");
                }
                return "done";
            });
            return "done";
        };
        work(run, work);
        tenant.run(() -> {
            door.sql("update public.agent_run_steps set status = 'waiting' where user_id = :tenant and run_id = :run and status = 'failed'")
                    .param("run", run)
                    .update();
            door.sql("update public.agent_runs set status = 'queued', finished_at = null where user_id = :tenant and id = :run")
                    .param("run", run)
                    .update();
        });
        work(run, work);
        assertThat(good).hasValue(1);
        assertThat(bad).hasValue(2);
        assertThat(read(run).steps()).extracting(AgentRun.RunStep::status).containsExactly("succeeded", "succeeded");
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
        assertThat(read(run).steps()).extracting(AgentRun.RunStep::status).containsExactly("succeeded", "planned");
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
    void aFaultOfOursFailsTheRunAndShowsNothingOfItsInside() throws Exception {
        UUID run = aRun();
        work(run, given -> {
            given.step("one", memory -> {
                throw new IllegalArgumentException("secret-inside");
            });
            return "done";
        });
        AgentRun after = read(run);
        assertThat(after.status()).isEqualTo(RunStatus.FAILED);
        assertThat(after.toString()).doesNotContain("secret-inside");
        assertThat(after.error()).isEqualTo(RunEngine.OUR_FAULT);
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

    @Test
    void aStepThatBreaksFailsAloneAndTheOthersGoOn() throws Exception {
        UUID run = aRun();
        work(run, given -> {
            given.step("bad", memory -> {
                throw new IllegalArgumentException("secret-inside");
            });
            given.step("good", memory -> "done");
            return "done";
        });
        AgentRun after = read(run);
        assertThat(after.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(after.steps()).extracting(AgentRun.RunStep::status).containsExactly("failed", "succeeded");
        assertThat(after.failedSteps().getFirst().error()).isEqualTo(RunEngine.OUR_FAULT);
    }

    private static final class Crash extends Error {}

    private static void maybeCrash(Random crashes) {
        if (crashes.nextInt(12) == 0) {
            throw new Crash();
        }
    }

    private UUID aRun() throws Exception {
        return tenant.call(() -> door.sql("insert into public.agent_runs (agent, trigger) values ('scripted', 'person') returning id")
                .one(row -> row.getObject("id", UUID.class)));
    }

    private Optional<Instant> work(UUID run, Function<Run, String> work) throws Exception {
        return tenant.call(() -> new RunEngine(List.of(agent(work)), tools).work(run, TestTurn.ENDLESS, Instant.EPOCH));
    }

    private void take(UUID run) {
        assertThat(tools.ledger().take(run)).isPresent();
    }

    private AgentRun read(UUID run) throws Exception {
        return tenant.call(() -> runs.find(run).orElseThrow());
    }

    private RunStatus status(UUID run) throws Exception {
        return read(run).status();
    }

    private List<String> pieces(UUID run) throws Exception {
        return tenant.call(() -> door.sql("select details from public.agent_logs where user_id = :tenant and run_id = :run and action = 'run'")
                .param("run", run)
                .list(row -> row.getString(1)));
    }

    private static Agent agent(Function<Run, String> work) {
        return new Agent() {
            @Override
            public About about() {
                return new About("scripted", "Scripted", "Does what a test says.", Set.of());
            }

            @Override
            public String work(Run run) {
                return work.apply(run);
            }
        };
    }
}
