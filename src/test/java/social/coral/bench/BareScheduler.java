package social.coral.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * db-scheduler with one-time tasks that do nothing, in a database of its own on the product's server. It polls as its documentation advises
 * for a high throughput.
 */
final class BareScheduler implements AutoCloseable {

    /** As many runs as the product lets compute at once. */
    static final int THREADS = 8;
    /** As many as the product has for tenants' rows and for jobs. */
    static final int CONNECTIONS = 24;

    private static final String DATABASE = "bench_scheduler";
    private static final double LOWER = 1;
    private static final double UPPER = 4;

    private final HikariDataSource pool;

    private BareScheduler(HikariDataSource pool) {
        this.pool = pool;
    }

    static BareScheduler on(Product product, Connection database) throws IOException, SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("create database " + DATABASE);
        }
        HikariDataSource pool = product.pool(DATABASE, "postgres", product.databasePassword(), CONNECTIONS);
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table scheduled_tasks (
                      task_name text not null,
                      task_instance text not null,
                      task_data bytea,
                      execution_time timestamptz not null,
                      picked boolean not null,
                      picked_by text,
                      last_success timestamptz,
                      last_failure timestamptz,
                      consecutive_failures integer,
                      last_heartbeat timestamptz,
                      version bigint not null,
                      priority smallint,
                      primary key (task_name, task_instance));
                    create index execution_time_idx on scheduled_tasks (execution_time);
                    create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)""");
        }
        return new BareScheduler(pool);
    }

    /** How many of so many tasks, all of them due, it does in a second. */
    double perSecond(int tasks) {
        CountDownLatch left = new CountDownLatch(tasks);
        OneTimeTask<Void> task = Tasks.oneTime("bench").execute((instance, context) -> left.countDown());
        Scheduler scheduler = Scheduler.create(pool, task).threads(THREADS).pollUsingLockAndFetch(LOWER, UPPER)
                .pollingInterval(Duration.ofSeconds(1)).build();
        Stream<TaskInstance<?>> all = IntStream.range(0, tasks).mapToObj(number -> task.instance("task-" + number));
        scheduler.scheduleBatch(all, Instant.now());
        long start = System.nanoTime();
        scheduler.start();
        try {
            left.await();
            while (remaining() > 0) {
                Thread.sleep(1);
            }
            return tasks * 1e9 / (System.nanoTime() - start);
        } catch (InterruptedException | SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            scheduler.stop();
        }
    }

    private int remaining() throws SQLException {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from scheduled_tasks")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
