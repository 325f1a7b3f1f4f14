package social.coral.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding;

/** Checks from outside any worker whether due jobs get done, by what the database shows its owner. */
public final class JobsCheckup {

    private static final Duration MAX_WAIT = Duration.ofMinutes(15);
    private static final String WORK = """
            select (select count(*) from jobs.workers where seen_at > now() - interval '30 seconds') as working,
              (select extract(epoch from now() - max(seen_at))::bigint from jobs.workers) as silent,
              (select extract(epoch from now() - min(execution_time))::bigint from jobs.scheduled_tasks
                where not picked and execution_time <= now() and task_name <> all (?)) as due,
              (select extract(epoch from now() - min(greatest(l.due_at, l.served_at)))::bigint from jobs.lines l
                where l.due_at <= now() and l.task_name <> all (?) and exists (select 1 from jobs.scheduled_tasks t
                  where t.task_name = l.task_name and t.line = l.line and not t.picked and t.execution_time <= now())) as waited
            """;

    private JobsCheckup() {}

    /** @param apart tasks that may wait, which are looked at elsewhere */
    public static List<Finding> of(DatabaseServer server, Set<String> apart) {
        try (Connection owner = server.connectAsOwner()) {
            return of(owner, apart);
        } catch (SQLException e) {
            return List.of(Finding.warning("worker", "The worker cannot be checked until this version's migrations are applied. ./coral run applies them."));
        }
    }

    /** Returns a finding on the workers' heartbeats and one on the longest overdue job. */
    public static List<Finding> of(Connection owner, Set<String> apart) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement(WORK)) {
            statement.setArray(1, owner.createArrayOf("text", apart.toArray()));
            statement.setArray(2, owner.createArrayOf("text", apart.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long working = row.getLong("working");
                Duration due = age(row, "due");
                return List.of(worker(working, age(row, "silent"), due), due(working > 0, due, age(row, "waited")));
            }
        }
    }

    private static Finding worker(long working, @Nullable Duration silent, @Nullable Duration due) {
        if (working > 0) {
            return Finding.ok("worker", (working == 1 ? "one process runs" : working + " processes run") + " jobs; the last heartbeat was "
                    + words(silent) + " ago");
        }
        String last = silent == null ? "" : "; the last heartbeat was " + words(silent) + " ago";
        return due == null
                ? Finding.ok("worker", "no process runs jobs at present, and none is due" + last)
                : Finding.warning("worker", "No process runs the jobs that are due" + last + ". Start one with ./coral run and CORAL_ROLE set to all or worker.");
    }

    private static Finding due(boolean working, @Nullable Duration due, @Nullable Duration waited) {
        if (due == null) {
            return Finding.ok("due work", "nothing waits");
        }
        String oldest = "oldest job has been due for " + words(due) + ", and its tenant has waited for a turn for " + words(waited);
        return working && waited != null && waited.compareTo(MAX_WAIT) > 0
                ? Finding.fault("due work", "The " + oldest + ". coral.log shows what keeps the workers busy. With your own database server, another process with"
                        + " CORAL_ROLE=worker can share the work.")
                : Finding.ok("due work", oldest);
    }

    private static @Nullable Duration age(ResultSet row, String column) throws SQLException {
        long seconds = row.getLong(column);
        return row.wasNull() ? null : Duration.ofSeconds(Math.max(0, seconds));
    }

    private static String words(@Nullable Duration age) {
        if (age == null) {
            return "no time";
        }
        return age.toMinutes() < 2 ? age.toSeconds() + " s" : age.toHours() < 2 ? age.toMinutes() + " min" : age.toHours() + " h";
    }
}
