package social.coral.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.tenancy.Tenant;

/** What becomes of a job that cannot be done. */
@CoralTest
class SetAsideTest extends MadeUpTask {

    @Test
    void aJobThatFailsIsPutOffAndDoesNotCountAsOneThatEndsProcesses() {
        due(UUID.randomUUID(), 1, Instant.now());
        Semaphore tries = new Semaphore(0);
        worker(Lane.SCHEDULES, (job, turn) -> {
            tries.release();
            throw new IllegalStateException("not today");
        });
        await().atMost(Duration.ofMinutes(1)).until(() -> tries.availablePermits() == 1 && put("failures") == 1);
        assertThat(put("interrupted")).isZero();
        assertThat(take(aProcess(), 1)).isEmpty();
    }

    @Test
    void aJobThatFailsInManyAttemptsInARowIsSetAsideUnlessItGotSomewhere() {
        UUID stuck = UUID.randomUUID();
        UUID slow = UUID.randomUUID();
        List.of(stuck, slow).forEach(tenant -> due(tenant, 1, Instant.now().plus(Duration.ofHours(1))));
        jobs().sql("update jobs.scheduled_tasks set consecutive_failures = ?, execution_time = now() where task_name = ?")
                .params(LaneWorker.MAX_FAILURES - 1, task)
                .update();
        due(UUID.randomUUID(), 0, Instant.now());
        ConcurrentLinkedQueue<String> tries = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> setAside = new ConcurrentLinkedQueue<>();
        LaneWorker worker = start(new LaneWorker(Lane.RUNS, aProcess(), Map.of(task, task(Lane.RUNS,
                (job, turn) -> {
                    tries.add(tenant(job));
                    if (tenant(job).equals(slow.toString())) {
                        turn.progressed();
                    }
                    throw new QueryTimeoutException("canceling statement due to statement timeout");
                },
                job -> {
                    setAside.add(tenant(job));
                    return Optional.empty();
                })), table, new Outage(), new CrashSuspect(clock), clock));
        await().atMost(Duration.ofMinutes(1)).until(() -> failures(stuck) == LaneWorker.MAX_FAILURES && failures(slow) == 1);
        jobs().sql("update jobs.scheduled_tasks set execution_time = now() where task_name = ?").param(task).update();
        due(UUID.randomUUID(), 0, Instant.now());
        worker.wakeUp();
        await().atMost(Duration.ofMinutes(1)).until(() -> !setAside.isEmpty() && tries.size() == 3);
        assertThat(setAside).containsExactly(stuck.toString());
        assertThat(tries).containsExactlyInAnyOrder(stuck.toString(), slow.toString(), slow.toString());
    }

    @Test
    void aJobInWhichTheProcessEndedTwiceIsSetAsideAndEveryOtherIsDone() {
        UUID bad = UUID.randomUUID();
        List<UUID> good = Stream.generate(UUID::randomUUID).limit(5).toList();
        due(bad, 1, Instant.now().minusSeconds(5));
        good.forEach(tenant -> due(tenant, 1, Instant.now().minusSeconds(5)));
        // All are in hand when the process ends for the first time; it ends for the second when the bad one is.
        UUID first = aProcess();
        assertThat(take(first, 10)).hasSize(6);
        ends(first);
        UUID second = aProcess();
        Job suspect;
        do {
            List<Job> taken = table.take(second, Set.of(task), 10, clock.instant(), List.of(), true);
            assertThat(taken).as("one at a time, so that it is known which it was").hasSize(1);
            suspect = taken.getFirst();
            if (!tenant(suspect).equals(bad.toString())) {
                table.done(second, suspect);
            }
        } while (!tenant(suspect).equals(bad.toString()));
        ends(second);
        ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> setAside = new ConcurrentLinkedQueue<>();
        due(good.getFirst(), 1, Instant.now());
        start(new LaneWorker(Lane.RUNS, aProcess(), Map.of(task, task(Lane.RUNS,
                (job, turn) -> {
                    done.add(tenant(job));
                    return Optional.empty();
                },
                job -> {
                    setAside.add(tenant(job));
                    return Optional.empty();
                })), table, new Outage(), new CrashSuspect(clock), clock));
        await().atMost(Duration.ofMinutes(1)).until(() -> left() == 0);
        assertThat(setAside).containsExactly(bad.toString());
        assertThat(done).contains(good.getFirst().toString()).doesNotContain(bad.toString());
    }

    @Test
    void aScheduleOrAnErasureInWhichTheProcessEndedTwiceIsPutOffByTheProductItself() throws Exception {
        Tenant tenant = Tenants.aTenant(databases);
        try {
            jobs().sql("""
                            with put as (
                              insert into jobs.scheduled_tasks (task_name, task_instance, execution_time, interrupted)
                              values ('agent-schedule', :tenant || '/tweet-scraping', now(), 2), ('erasure', :tenant, now(), 2) returning *)
                            select jobs.stand_in_line(task_name, line, execution_time) from put
                            """)
                    .param("tenant", tenant.id().toString())
                    .query((row, number) -> true)
                    .list();
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(jobs().sql("""
                            select task_name || ' ' || interrupted || ' ' || (execution_time > now() + interval '50 minutes') from jobs.scheduled_tasks
                            where task_instance like ? and not picked order by 1
                            """)
                    .param(tenant.id() + "%")
                    .query(String.class)
                    .list()).containsExactly("agent-schedule 1 true", "erasure 1 true"));
            assertThat(tenant.call(() -> door.sql("select details from public.agent_logs where user_id = :tenant and action = 'set_aside'")
                    .list(row -> row.getString(1)))).singleElement().asString().contains("stopped twice while starting it");
        } finally {
            jobs().sql("delete from jobs.scheduled_tasks where task_instance like ?").param(tenant.id() + "%").update();
        }
    }

    @Test
    void aJobThatGotSomewhereIsNotBlamedForTheEndOfItsProcess() {
        due(UUID.randomUUID(), 1, Instant.now().minusSeconds(5));
        for (int end = 0; end < 5; end++) {
            UUID process = aProcess();
            List<Job> taken = table.take(process, Set.of(task), 1, clock.instant(), List.of(), true);
            assertThat(taken).extracting(Job::interrupted).containsExactly(end == 0 ? 0 : 1);
            table.progressed(process, taken.getFirst());
            ends(process);
        }
    }

    private int put(String column) {
        return jobs().sql("select case ? when 'failures' then consecutive_failures else interrupted end from jobs.scheduled_tasks where task_name = ? and not picked")
                .params(column, task)
                .query(Integer.class)
                .optional()
                .orElse(-1);
    }

    private int failures(UUID tenant) {
        return jobs().sql("select consecutive_failures from jobs.scheduled_tasks where task_name = ? and task_instance like ? and not picked")
                .params(task, tenant + "/%")
                .query(Integer.class)
                .optional()
                .orElse(-1);
    }
}
