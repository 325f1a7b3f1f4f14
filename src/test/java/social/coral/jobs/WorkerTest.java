package social.coral.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/** What the durable worker promises, shown with tasks made up for the purpose, which the product's own worker does not know. */
@CoralTest
class WorkerTest {

    @Autowired
    Databases databases;

    @Autowired
    JobTable table;

    @Autowired
    TenantDoor door;

    @Autowired
    Jobs announcements;

    @Autowired
    Clock clock;

    private final String task = "test-" + UUID.randomUUID();
    private final List<UUID> processes = new ArrayList<>();
    private final List<LaneWorker> started = new ArrayList<>();
    private final CountDownLatch testIsOver = new CountDownLatch(1);

    @AfterEach
    void stop() throws Exception {
        testIsOver.countDown();
        started.forEach(LaneWorker::stop);
        for (LaneWorker worker : started) {
            worker.awaitEnd(Duration.ofSeconds(10));
        }
        processes.forEach(table::left);
        jobs().sql("delete from jobs.scheduled_tasks where task_name = ?").param(task).update();
    }

    @Test
    void tenThousandDueJobsOfATenantDelayNobody() {
        UUID hog = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        due(hog, 10_000, Instant.now().minus(Duration.ofHours(1)));
        due(other, 1, Instant.now().minusSeconds(1));
        Set<String> first = Set.copyOf(take(aProcess(), 2).stream().map(WorkerTest::tenant).toList());
        assertThat(first).containsExactlyInAnyOrder(hog.toString(), other.toString());
    }

    @Test
    void everyTenantIsServedOnceARoundHoweverMuchTheOthersHave() {
        List<UUID> hogs = Stream.generate(UUID::randomUUID).limit(20).toList();
        hogs.forEach(hog -> due(hog, 50, Instant.now().minus(Duration.ofHours(1))));
        List<String> served = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            take(aProcess(), 5).forEach(job -> served.add(tenant(job)));
        }
        for (int round = 0; round < 3; round++) {
            assertThat(served.subList(20 * round, 20 * round + 20)).doesNotHaveDuplicates();
        }
    }

    @Test
    void tenantsWhoseServiceDoesNotAnswerKeepNoOtherRunFromItsEnd() {
        List<UUID> slow = Stream.generate(UUID::randomUUID).limit(200).toList();
        UUID other = UUID.randomUUID();
        Semaphore begun = new Semaphore(0);
        ConcurrentLinkedQueue<String> ended = new ConcurrentLinkedQueue<>();
        slow.forEach(tenant -> due(tenant, 1, Instant.now().minus(Duration.ofMinutes(1))));
        LaneWorker worker = worker(Lane.RUNS, (job, turn) -> {
            if (!tenant(job).equals(other.toString())) {
                begun.release();
                turn.outside(this::untilTheTestIsOver);
            }
            ended.add(tenant(job));
            return Optional.empty();
        });
        await().atMost(Duration.ofMinutes(1)).until(() -> begun.availablePermits() == slow.size());
        due(other, 1, Instant.now());
        worker.wakeUp();
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(ended).containsExactly(other.toString()));
    }

    @Test
    void oneTenantHasFewJobsInHandAtOnceAndAnotherLaneIsOfNoConcern() {
        UUID hog = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
        due(hog, 300, Instant.now().minus(Duration.ofMinutes(1)));
        worker(Lane.RUNS, (job, turn) -> {
            begun.add(tenant(job));
            turn.outside(this::untilTheTestIsOver);
            return Optional.empty();
        });
        await().atMost(Duration.ofMinutes(1)).until(() -> begun.size() == Lane.RUNS.ofOneTenant);
        due(other, 1, Instant.now());
        await().atMost(Duration.ofMinutes(1)).until(() -> begun.contains(other.toString()));
        assertThat(begun.stream().filter(hog.toString()::equals)).hasSize(Lane.RUNS.ofOneTenant);
    }

    @Test
    void whoeverWorksDoesSoInSmallNumbersAndWhoeverWaitsOutsideHoldsNobodyUp() {
        Semaphore inside = new Semaphore(0);
        Stream.generate(UUID::randomUUID).limit(Lane.RUNS.atWork + 5).forEach(tenant -> due(tenant, 1, Instant.now()));
        worker(Lane.RUNS, (job, turn) -> {
            inside.release();
            untilTheTestIsOver();
            return Optional.empty();
        });
        await().atMost(Duration.ofMinutes(1)).until(() -> inside.availablePermits() == Lane.RUNS.atWork);
        await().during(Duration.ofSeconds(2)).until(() -> inside.availablePermits() == Lane.RUNS.atWork);
    }

    @Test
    void aJobThatIsAnnouncedWhileItIsInHandIsDoneAgain() {
        UUID tenant = UUID.randomUUID();
        due(tenant, 1, Instant.now());
        Semaphore done = new Semaphore(0);
        LaneWorker worker = worker(Lane.SCHEDULES, (job, turn) -> {
            if (done.availablePermits() == 0) {
                jobs().sql("update jobs.scheduled_tasks set version = version + 1, execution_time = now() where task_name = ?").param(task).update();
            }
            done.release();
            return Optional.empty();
        });
        worker.wakeUp();
        await().atMost(Duration.ofMinutes(1)).until(() -> done.availablePermits() == 2);
        await().atMost(Duration.ofMinutes(1)).until(() -> left() == 0);
    }

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
                .params(LaneWorker.MOST_FAILURES - 1, task)
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
                })), table, new Outage(), new Suspicion(clock), clock));
        await().atMost(Duration.ofMinutes(1)).until(() -> failures(stuck) == LaneWorker.MOST_FAILURES && failures(slow) == 1);
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
                })), table, new Outage(), new Suspicion(clock), clock));
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
                    .list(row -> row.getString(1)))).singleElement().asString().contains("stopped twice while it began");
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

    @Test
    void aDatabaseThatGoesAwayIsToldOfOnceAndWhatWasInHandIsPutDownWhenItIsBack() {
        AtomicBoolean away = new AtomicBoolean();
        JobTable shaky = new JobTable(new DelegatingDataSource(databases.jobs()) {
            @Override
            public Connection getConnection() throws SQLException {
                if (away.get()) {
                    throw new SQLException("gone", "08006");
                }
                return super.getConnection();
            }
        });
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        Logger log = (Logger) LoggerFactory.getLogger(Outage.class);
        log.addAppender(told);
        try {
            UUID tenant = UUID.randomUUID();
            due(tenant, 1, Instant.now());
            Semaphore begun = new Semaphore(0);
            JobTask does = task(Lane.RUNS, (job, turn) -> {
                away.set(begun.availablePermits() == 0);
                begun.release();
                return Optional.empty();
            }, job -> Optional.empty());
            LaneWorker worker = start(new LaneWorker(
                    Lane.RUNS, aProcess(), Map.of(task, does), shaky, new Outage(), new Suspicion(clock), clock));
            await().atMost(Duration.ofMinutes(1)).until(() -> begun.availablePermits() == 1);
            Instant lost = clock.instant();
            await().atMost(Duration.ofMinutes(1)).until(() -> !told.list.isEmpty() && worker.lastLook().isAfter(lost.plusSeconds(3)));
            away.set(false);
            await().atMost(Duration.ofMinutes(1)).until(() -> left() == 0);
            due(tenant, 1, Instant.now());
            await().atMost(Duration.ofMinutes(1)).until(() -> begun.availablePermits() == 2 && left() == 0);
            assertThat(told.list).hasSize(2);
            assertThat(told.list.getFirst().getFormattedMessage()).startsWith("The database cannot be reached").contains("gone");
            assertThat(told.list.getLast().getFormattedMessage()).startsWith("The database can be reached again");
        } finally {
            log.detachAppender(told);
        }
    }

    @Test
    void aTenantHasNoMoreJobsThanItCanHaveAgentsAndRuns() throws Exception {
        Tenant tenant = Tenants.aTenant(databases);
        Instant later = Instant.now().plus(Duration.ofDays(1));
        try {
            tenant.run(() -> door.transaction(() -> IntStream.range(0, 100).forEach(number -> announcements.announce("agent-run", "run-" + number, later))));
            assertThatThrownBy(() -> tenant.run(() -> announcements.announce("agent-run", "one-more", later)))
                    .isInstanceOf(DataIntegrityViolationException.class)
                    .hasMessageContaining("more jobs than a tenant can have");
            tenant.run(() -> announcements.announce("agent-run", "run-7", later));
            tenant.run(() -> announcements.withdraw("agent-run", "run-7"));
            tenant.run(() -> announcements.announce("agent-run", "one-more", later));
        } finally {
            jobs().sql("delete from jobs.scheduled_tasks where task_instance like ?").param(tenant.id() + "/%").update();
        }
    }

    private LaneWorker worker(Lane lane, BiFunction<Job, Turn, Optional<Instant>> work) {
        JobTask does = task(lane, work, job -> {
            throw new AssertionError("set aside");
        });
        return start(new LaneWorker(lane, aProcess(), Map.of(task, does), table, new Outage(), new Suspicion(clock), clock));
    }

    private LaneWorker start(LaneWorker worker) {
        started.add(worker);
        worker.start();
        return worker;
    }

    private JobTask task(
            Lane lane, BiFunction<Job, Turn, Optional<Instant>> work, Function<Job, Optional<Instant>> aside) {
        return new JobTask() {
            @Override
            public String name() {
                return task;
            }

            @Override
            public Lane lane() {
                return lane;
            }

            @Override
            public Optional<Instant> work(Job job, Turn turn) {
                return work.apply(job, turn);
            }

            @Override
            public Optional<Instant> setAside(Job job, Instant now) {
                return aside.apply(job);
            }
        };
    }

    private boolean untilTheTestIsOver() {
        try {
            testIsOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private List<Job> take(UUID process, int most) {
        return table.take(process, Set.of(task), most, clock.instant(), List.of(), false);
    }

    /** One that is seen as long as the test goes on. */
    private UUID aProcess() {
        UUID process = UUID.randomUUID();
        jobs().sql("insert into jobs.workers (id, seen_at) values (?, now() + interval '1 hour')").param(process).update();
        processes.add(process);
        return process;
    }

    private void ends(UUID process) {
        table.left(process);
        table.releaseLost(Duration.ofDays(1));
    }

    private void due(UUID tenant, int count, Instant at) {
        jobs().sql("""
                        insert into jobs.scheduled_tasks (task_name, task_instance, execution_time)
                        select :task, :tenant || '/' || gen_random_uuid(), :at from generate_series(1, :count)
                        """)
                .param("task", task)
                .param("tenant", tenant.toString())
                .param("count", count)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
        jobs().sql("select jobs.stand_in_line(task_name, line, execution_time) from jobs.scheduled_tasks where task_name = ? and not picked")
                .param(task)
                .query((row, number) -> true)
                .list();
    }

    private int left() {
        return jobs().sql("select count(*) from jobs.scheduled_tasks where task_name = ?").param(task).query(Integer.class).single();
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

    private JdbcClient jobs() {
        return JdbcClient.create(databases.jobs());
    }

    private static String tenant(Job job) {
        return job.tenant().id().toString();
    }
}
