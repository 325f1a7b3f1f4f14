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
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.tenancy.Tenant;

/** What the durable worker promises of each job. */
@CoralTest
class WorkerTest extends MadeUpTask {

    @Autowired
    Jobs announcements;

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
    void whatAClockThatWasAheadHasPutOffIsLookedAtWhenTheClockIsPutBack() {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ofDays(3));
        due(UUID.randomUUID(), 1, Instant.now().plus(Duration.ofDays(3)).plusSeconds(600));
        Semaphore done = new Semaphore(0);
        JobTask does = task(Lane.SCHEDULES, (job, turn) -> {
            done.release();
            return Optional.empty();
        }, job -> Optional.empty());
        LaneWorker worker = start(new LaneWorker(Lane.SCHEDULES, aProcess(), Map.of(task, does), table, new Outage(), new CrashSuspect(clock), jumping(ahead)));
        Instant first = worker.lastLook();
        await().atMost(Duration.ofMinutes(1)).until(() -> worker.lastLook().isAfter(first));
        assertThat(done.availablePermits()).isZero();
        ahead.set(Duration.ZERO);
        await().atMost(Duration.ofMinutes(1)).until(() -> done.availablePermits() == 1 && left() == 0);
    }

    private static Clock jumping(AtomicReference<Duration> ahead) {
        InstantSource source = () -> Instant.now().plus(ahead.get());
        return source.withZone(ZoneOffset.UTC);
    }

    @Test
    void aDatabaseThatGoesAwayIsToldOfOnceAndWhatWasInHandIsPutDownWhenItIsBack() {
        AtomicBoolean away = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        JobTable shaky = new JobTable(new DelegatingDataSource(databases.jobs()) {
            @Override
            public Connection getConnection() throws SQLException {
                if (away.get()) {
                    refused.incrementAndGet();
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
                    Lane.RUNS, aProcess(), Map.of(task, does), shaky, new Outage(), new CrashSuspect(clock), clock));
            await().atMost(Duration.ofMinutes(1)).until(() -> begun.availablePermits() == 1);
            await().atMost(Duration.ofMinutes(1)).until(() -> !told.list.isEmpty() && refused.get() > 4);
            Instant lastLook = worker.lastLook();
            await().atMost(Duration.ofMinutes(1)).until(() -> refused.get() > 8);
            assertThat(worker.lastLook()).as("what was refused is no look").isEqualTo(lastLook);
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
}
