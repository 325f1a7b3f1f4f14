package social.coral.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.awaitility.Awaitility;

/**
 * Steps that the engine commits in a second, of runs that are queued for many tenants and taken up by the product's own workers, beside bare
 * db-scheduler on the same server, which does as many one-time tasks.
 */
final class StepsPath {

    static final int TENANTS = 400;

    private static final int OF_MANY_STEPS = 100;
    private static final int ROUNDS = 5;
    private static final String BARE = "one-time tasks of bare db-scheduler";
    private static final String STEPS = "steps of the engine, runs of " + SteppingAgents.STEPS + " steps for " + OF_MANY_STEPS + " tenants";
    private static final String RUNS = "runs of the engine, of one step each for " + TENANTS + " tenants";

    private final Connection database;

    private StepsPath(Connection database) {
        this.database = database;
    }

    static void measure(Product product, Connection database, Report report) throws IOException, SQLException {
        StepsPath path = new StepsPath(database);
        try (BareScheduler bare = BareScheduler.on(product, database)) {
            Rounds rounds = new Rounds()
                    .with(BARE, time -> bare.perSecond(OF_MANY_STEPS * SteppingAgents.STEPS))
                    .with(STEPS, time -> SteppingAgents.STEPS * path.runsPerSecond(SteppingAgents.MANY, OF_MANY_STEPS, SteppingAgents.STEPS))
                    .with(RUNS, time -> path.runsPerSecond(SteppingAgents.ONE, TENANTS, 1));
            rounds.measure(ROUNDS, Duration.ZERO);
            report.heading("Steps: %d threads and %d connections each, %,d tasks or steps a round".formatted(
                    BareScheduler.THREADS, BareScheduler.CONNECTIONS, OF_MANY_STEPS * SteppingAgents.STEPS));
            report.row(BARE, rounds.median(BARE), "");
            report.row(STEPS, rounds.median(STEPS), Report.share(rounds.ratio(STEPS, BARE), "db-scheduler"));
            report.row(RUNS, rounds.median(RUNS), Report.share(rounds.ratio(RUNS, BARE), "db-scheduler"));
            report.note("For a task db-scheduler picks a row, as one of a batch, and deletes it. For a step the engine commits three transactions, each under"
                    + " row-level security with signed claims and with the run locked under its lease: the step begins, its writes are stored with what"
                    + " it remembers and what went in and came out of it, and it ends. A run adds its job, its lease, its plan, its log entry and its end.");
        }
    }

    /** Runs a second, from the first one's start to the last one's end. All are queued in one transaction, so the workers find them due. */
    private double runsPerSecond(String agent, int tenants, int steps) {
        OffsetDateTime queued = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
        try (PreparedStatement statement = database.prepareStatement("""
                with queued as (
                  insert into public.agent_runs (user_id, agent, trigger, queued_at)
                  select id, ?, 'person', ? from auth.users order by id limit ? returning user_id, id),
                put as (
                  insert into jobs.scheduled_tasks (task_name, task_instance, execution_time)
                  select 'agent-run', user_id || '/' || id, now() from queued returning *)
                select count(jobs.stand_in_line(task_name, line, execution_time)) from put
                """)) {
            statement.setString(1, agent);
            statement.setObject(2, queued);
            statement.setInt(3, tenants);
            statement.executeQuery().close();
            Awaitility.await("the runs").atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50))
                    .until(() -> figure("count(*) filter (where finished_at is not null)", agent, queued) == tenants);
            if (figure("sum((select count(*) from public.agent_run_steps s where s.user_id = r.user_id and s.run_id = r.id and s.status = 'succeeded'))",
                    agent, queued) != (double) tenants * steps) {
                throw new IllegalStateException("not every step was done");
            }
            return tenants / figure("extract(epoch from max(finished_at) - min(started_at))", agent, queued);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private double figure(String of, String agent, OffsetDateTime queued) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement("select " + of + " from public.agent_runs r where agent = ? and queued_at = ?")) {
            statement.setString(1, agent);
            statement.setObject(2, queued);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getDouble(1);
            }
        }
    }
}
