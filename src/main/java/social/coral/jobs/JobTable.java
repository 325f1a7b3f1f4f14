package social.coral.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Databases;

/** The table of jobs and which process holds each. A process changes only the jobs it holds. */
@Component
class JobTable {

    private final JdbcClient jobs;

    @Autowired
    JobTable(Databases databases) {
        this(databases.jobs());
    }

    JobTable(DataSource jobs) {
        this.jobs = JdbcClient.create(jobs);
    }

    List<Job> take(UUID worker, Collection<String> tasks, int most, Instant now, Collection<Long> fullLines, boolean suspect) {
        return jobs.sql("""
                        select task_name, task_instance, line, version, consecutive_failures, interrupted
                        from jobs.take(:worker, :tasks, :most, :now, :full, :suspect)
                        """)
                .param("worker", worker)
                .param("tasks", tasks.toArray(String[]::new))
                .param("most", most)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("full", fullLines.toArray(Long[]::new))
                .param("suspect", suspect)
                .query(JobTable::read)
                .list();
    }

    /** Makes all later jobs due now: a clock that was ahead may have put them off much too far. */
    void lookAgain(Collection<String> tasks, Instant now) {
        jobs.sql("""
                        with early as (
                          update jobs.scheduled_tasks set execution_time = :now
                          where task_name = any (:tasks) and not picked and execution_time > :now
                          returning task_name, line)
                        insert into jobs.lines as l (task_name, line, due_at) select distinct task_name, line, cast(:now as timestamptz) from early
                        on conflict (task_name, line) do update set due_at = least(l.due_at, excluded.due_at)
                        """)
                .param("tasks", tasks.toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Deletes a finished job; one that was scheduled again in the meantime is released instead. */
    void done(UUID worker, Job job) {
        int gone = jobs.sql("""
                        delete from jobs.scheduled_tasks
                        where task_name = :task and task_instance = :instance and picked_by = :worker and version = :version
                        """)
                .param("task", job.task())
                .param("instance", job.instance())
                .param("version", job.version())
                .param("worker", worker)
                .update();
        if (gone == 0) {
            putBack(worker, job, Instant.EPOCH, 0, 0);
        }
    }

    /** Reschedules the job for {@code at}; one that was scheduled again in the meantime keeps that time. */
    void putBack(UUID worker, Job job, Instant at, int failures, int interrupted) {
        jobs.sql("select jobs.put_back(:worker, :task, :instance, :version, :at, :failures, :interrupted)")
                .param("worker", worker)
                .param("task", job.task())
                .param("instance", job.instance())
                .param("version", job.version())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("failures", failures)
                .param("interrupted", interrupted)
                .query((row, number) -> true)
                .single();
    }

    void progressed(UUID worker, Job job) {
        jobs.sql("""
                        update jobs.scheduled_tasks set interrupted = 0
                        where task_name = :task and task_instance = :instance and picked_by = :worker
                        """)
                .param("task", job.task())
                .param("instance", job.instance())
                .param("worker", worker)
                .update();
    }

    /** Records the worker's heartbeat. */
    void seen(UUID worker) {
        jobs.sql("insert into jobs.workers (id) values (:worker) on conflict (id) do update set seen_at = excluded.seen_at")
                .param("worker", worker)
                .update();
    }

    /** Releases the jobs of workers without a heartbeat for this long, and counts an interruption against each. */
    void releaseLost(Duration silence) {
        jobs.sql("select jobs.release_lost(:silence * interval '1 millisecond')")
                .param("silence", silence.toMillis())
                .query((row, number) -> true)
                .single();
    }

    /** Removes a worker that has released its jobs. */
    void left(UUID worker) {
        jobs.sql("delete from jobs.workers where id = :worker").param("worker", worker).update();
    }

    /** When the longest-waiting queue began to wait for its turn. */
    Optional<Instant> longestWaiting(Collection<String> tasks, Instant now) {
        return jobs.sql("""
                        select greatest(due_at, served_at) as since from jobs.lines
                        where task_name = any (:tasks) and due_at <= :now order by since limit 1
                        """)
                .param("tasks", tasks.toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    private static Job read(ResultSet row, int number) throws SQLException {
        return new Job(
                row.getString("task_name"),
                row.getString("task_instance"),
                row.getLong("line"),
                row.getLong("version"),
                row.getInt("consecutive_failures"),
                row.getInt("interrupted"));
    }
}
