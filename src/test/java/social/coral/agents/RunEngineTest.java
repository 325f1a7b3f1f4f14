package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.api.Failure;
import social.coral.installation.DatabaseServer;
import social.coral.services.ServiceFault;

/** What the engine promises of each step and of how a run ends. */
@CoralTest
class RunEngineTest extends ScriptedRun {

    @Autowired
    Schedules schedules;

    @Autowired
    DatabaseServer server;

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
        assertThat(after.steps()).extracting(AgentRun.RunStep::status).containsExactly(StepStatus.FAILED, StepStatus.SUCCEEDED);
        assertThat(after.steps().getFirst().error()).startsWith("odd cannot be continued");
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
    void whatOneStepCannotDoIsToldAndDoesNotStopTheOthers() throws Exception {
        UUID run = aRun();
        work(run, given -> {
            StepStatus first = given.step("first", memory -> {
                throw Failure.conflict("no", "The first could not be done.");
            });
            StepStatus second = given.step("second", memory -> "The second was done.");
            return first + " " + second;
        });
        AgentRun after = read(run);
        assertThat(after.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(after.steps()).extracting(AgentRun.RunStep::status).containsExactly(StepStatus.FAILED, StepStatus.SUCCEEDED);
        assertThat(pieces(run)).contains("first: The first could not be done.");
    }

    @Test
    void aWantOfRoomOfOursLetsTheRunWaitInWordsAndFailsNothing() throws Exception {
        UUID run = aRun();
        Instant later = Instant.EPOCH.plusSeconds(60);
        AtomicInteger tries = new AtomicInteger();
        Function<Run, String> work = given -> given.step("one", memory -> {
            if (tries.incrementAndGet() == 1) {
                throw new ServiceFault.Postponed(ServiceFault.Postponed.Reason.NO_ROOM, "There is no room at the moment", later);
            }
            return "done";
        }).toString();
        assertThat(work(run, work)).contains(later);
        AgentRun waiting = read(run);
        assertThat(waiting.status()).isEqualTo(RunStatus.WAITING);
        assertThat(waiting.errorCode()).isEqualTo("no_room");
        assertThat(waiting.steps()).extracting(AgentRun.RunStep::status).containsExactly(StepStatus.WAITING);
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
        assertThat(read(run).steps()).extracting(AgentRun.RunStep::status).containsExactly(StepStatus.SUCCEEDED, StepStatus.SUCCEEDED);
    }

    @Test
    void aRunIsNotTriedAgainBesideAnotherHoweverManyHaveEndedSince() throws Exception {
        UUID underWay = aRun();
        UUID failed = tenant.call(() -> door.sql("""
                        insert into public.agent_runs (agent, trigger, status, queued_at, finished_at)
                        select 'scripted', 'person', 'failed', now() + n * interval '1 second', now() from generate_series(1, 101) as n
                        returning id
                        """)
                .list(row -> row.getObject("id", UUID.class)).getFirst());
        assertThatExceptionOfType(Failure.class).isThrownBy(() -> tenant.call(() -> runs.retry(failed)))
                .matches(failure -> failure.code().equals("already_running"));
        assertThat(status(underWay)).isEqualTo(RunStatus.QUEUED);
        assertThat(status(failed)).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void aRunThatIsTriedAgainWhileAnotherStartsIsToldThatOneIsUnderWay() throws Exception {
        UUID failed = aRun();
        tenant.run(() -> door.sql("update public.agent_runs set status = 'failed', finished_at = now() where user_id = :tenant").update());
        CountDownLatch queued = new CountDownLatch(1);
        CountDownLatch committing = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<AgentRun> start = threads.submit(() -> tenant.call(() -> door.transaction(() -> {
                AgentRun run = runs.start("scripted", null, Runs.Trigger.PERSON);
                queued.countDown();
                awaitUninterruptibly(committing);
                return run;
            })));
            queued.await();
            Future<AgentRun> retry = threads.submit(() -> tenant.call(() -> runs.retry(failed)));
            await().until(this::somebodyWaitsForARow);
            committing.countDown();
            UUID underWay = start.get().id();
            assertThat(retry).failsWithin(Duration.ofSeconds(20)).withThrowableOfType(ExecutionException.class).havingCause()
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.code()).isEqualTo("already_running");
                        assertThat(failure.details().get("run_id")).isEqualTo(underWay);
                    });
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean somebodyWaitsForARow() throws SQLException {
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement();
                ResultSet waiting = statement.executeQuery(
                        "select count(*) from pg_locks where not granted and locktype in ('transactionid', 'tuple')")) {
            return waiting.next() && waiting.getInt(1) > 0;
        }
    }

    @Test
    void aTimeThatAClockAheadHasPlannedIsTakenNearerAndAnyOtherStays() throws Exception {
        tenant.run(() -> door.sql("""
                        insert into public.agent_schedules (agent, enabled, every, time_zone, next_run_at) values
                          ('scripted', true, interval '5 minutes', 'UTC', now() + interval '3 days'),
                          ('in-time', true, interval '5 minutes', 'UTC', now() + interval '4 minutes')
                        """)
                .update());
        Instant soon = Instant.now().plusSeconds(301);
        for (String agent : List.of("scripted", "in-time")) {
            Instant before = nextRunAt(agent);
            Optional<Instant> again = tenant.call(() -> schedules.due(agent, early -> {
                throw new AssertionError("begun too early");
            }));
            assertThat(again).hasValueSatisfying(at -> assertThat(at).isBetween(soon.minusSeconds(70), soon.plusSeconds(60)));
            assertThat(nextRunAt(agent)).isCloseTo(again.orElseThrow(), within(1, ChronoUnit.MILLIS));
            assertThat(again.orElseThrow().equals(before)).isEqualTo(agent.equals("in-time"));
        }
    }

    private Instant nextRunAt(String agent) throws Exception {
        return tenant.call(() -> schedules.stored().list().stream()
                .filter(stored -> stored.agent().equals(agent))
                .map(Schedules.Stored::nextRunAt)
                .findFirst()
                .orElseThrow());
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
        assertThat(after.steps()).extracting(AgentRun.RunStep::status).containsExactly(StepStatus.FAILED, StepStatus.SUCCEEDED);
        assertThat(after.failedSteps().getFirst().error()).isEqualTo(RunEngine.OUR_FAULT);
    }
}
