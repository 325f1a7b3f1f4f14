package social.coral.jobs;

import static org.awaitility.Awaitility.await;

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
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import social.coral.tenancy.Databases;
import social.coral.tenancy.TenantDoor;

/** A task made up for a test, which the product's own worker does not know, and the workers that do it. */
abstract class MadeUpTask {

    @Autowired
    Databases databases;

    @Autowired
    JobTable table;

    @Autowired
    TenantDoor door;

    @Autowired
    Clock clock;

    final String task = "test-" + UUID.randomUUID();
    private final List<UUID> processes = new ArrayList<>();
    private final List<LaneWorker> started = new ArrayList<>();
    final CountDownLatch testIsOver = new CountDownLatch(1);

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

    LaneWorker worker(Lane lane, BiFunction<Job, Turn, Optional<Instant>> work) {
        JobTask does = task(lane, work, job -> {
            throw new AssertionError("set aside");
        });
        return start(new LaneWorker(lane, aProcess(), Map.of(task, does), table, new Outage(), new CrashSuspect(clock), clock));
    }

    LaneWorker start(LaneWorker worker) {
        started.add(worker);
        worker.start();
        return worker;
    }

    JobTask task(
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
            public boolean mayComeEarly() {
                return true;
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

    boolean untilTheTestIsOver() {
        return until(testIsOver);
    }

    static boolean until(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    List<Job> take(UUID process, int most) {
        return table.take(process, Set.of(task), most, clock.instant(), List.of(), false);
    }

    /** One that is seen as long as the test goes on. */
    UUID aProcess() {
        UUID process = UUID.randomUUID();
        jobs().sql("insert into jobs.workers (id, seen_at) values (?, now() + interval '1 hour')").param(process).update();
        processes.add(process);
        return process;
    }

    void ends(UUID process) {
        table.left(process);
        table.releaseLost(Duration.ofDays(1));
    }

    void due(UUID tenant, int count, Instant at) {
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

    int left() {
        return jobs().sql("select count(*) from jobs.scheduled_tasks where task_name = ?").param(task).query(Integer.class).single();
    }

    JdbcClient jobs() {
        return JdbcClient.create(databases.jobs());
    }

    static String tenant(Job job) {
        return job.tenant().id().toString();
    }
}
