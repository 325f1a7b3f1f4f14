package social.coral.tenancy;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import social.coral.installation.DatabaseSupervisor.ProbeResult;
import social.coral.installation.DatabaseSupervisor;
import social.coral.installation.FaultReasons;

/**
 * Looks every other second whether the database takes a connection, answers, and commits what is written. While it does not,
 * nobody waits for it: connections are refused at once, those that wait for an answer are cut, and whoever runs the server is
 * told. Where it refuses what is written at once, as a standby does, what only reads goes on, and health says so.
 */
final class DatabaseProbe implements AutoCloseable {

    /** How long an answer may take, in seconds. */
    static final int PATIENCE = 5;

    private static final Logger log = LoggerFactory.getLogger(DatabaseProbe.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration PAUSE_WHILE_AWAY = Duration.ofMillis(250);
    private static final int SILENT_AFTER = 2;
    private static final Duration LONGEST_COMMIT = Duration.ofSeconds(PATIENCE - 1);
    private static final String UNABLE_TO_CONNECT = "08001";
    private static final String CANCELLED = "57014";
    private static final String WRITE = "insert into jobs.pulse (one) values (true) on conflict (one) do update set one = true";

    private final DataSource database;
    private final DatabaseSupervisor keeper;
    private final Runnable cut;
    private final Thread thread = Thread.ofPlatform().daemon().name("database-pulse").unstarted(this::look);
    private volatile @Nullable Instant awaySince;
    private volatile @Nullable String refusal;
    private int silences;
    private int lateCommits;

    /** @param cut ends every connection that waits for an answer */
    DatabaseProbe(DataSource database, DatabaseSupervisor keeper, Runnable cut) {
        this.database = database;
        this.keeper = keeper;
        this.cut = cut;
    }

    void start() {
        thread.start();
    }

    boolean isAway() {
        return awaySince != null;
    }

    /** What keeps the database from doing all that it is asked for, as the last look showed; asks nobody. */
    Optional<String> fault() {
        return isAway() ? Optional.of("the database does not answer, or commits nothing") : Optional.ofNullable(refusal).map("the database takes no changes: "::concat);
    }

    /** For a pool: whoever asks for one of its connections while the database does not answer is refused at once. */
    DataSource refusing(DataSource pool) {
        return new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                if (isAway()) {
                    throw new SQLTransientConnectionException("the database does not answer", UNABLE_TO_CONNECT);
                }
                return super.getConnection();
            }
        };
    }

    /** For what fills a pool: it waits for the first answer, where a pool would try with growing pauses and so come late. */
    DataSource waiting(DataSource login) {
        return new DelegatingDataSource(login) {
            @Override
            public Connection getConnection() throws SQLException {
                awaitAnswer();
                return super.getConnection();
            }
        };
    }

    private synchronized void awaitAnswer() throws SQLException {
        try {
            while (isAway()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("the database does not answer", UNABLE_TO_CONNECT, e);
        }
    }

    private void look() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                keeper.onProbe(feel());
                Thread.sleep(isAway() ? PAUSE_WHILE_AWAY : PAUSE);
            }
        } catch (InterruptedException e) {
            // The process ends.
        }
    }

    private ProbeResult feel() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            return write(statement);
        } catch (SQLException e) {
            return missed(e);
        }
    }

    private ProbeResult write(Statement statement) {
        long begun = System.nanoTime();
        try {
            // What takes longer is ended on the server too, or one more would wait there after each look. A commit that waits for a
            // standby is not taken back by that, and answers as one that was in time.
            statement.setQueryTimeout((int) LONGEST_COMMIT.toSeconds());
            statement.execute(WRITE);
        } catch (SQLException e) {
            if (isGone(e.getSQLState())) {
                return missed(e);
            }
            if (!CANCELLED.equals(e.getSQLState())) {
                answered(FaultReasons.firstLine(e));
                return ProbeResult.ANSWERED;
            }
        }
        if (System.nanoTime() - begun < LONGEST_COMMIT.toNanos()) {
            answered(null);
        } else {
            commitsLate();
        }
        return ProbeResult.ANSWERED;
    }

    /** The server is there, and to start it again would mend nothing. */
    private synchronized void commitsLate() {
        silences = 0;
        if (++lateCommits >= SILENT_AFTER) {
            away("a commit takes longer than " + LONGEST_COMMIT.toSeconds() + " s");
            cut.run();
        }
    }

    private synchronized void answered(@Nullable String refused) {
        Instant since = awaySince;
        silences = 0;
        lateCommits = 0;
        awaySince = null;
        notifyAll();
        if (since != null) {
            log.warn("The database answers again, after {} s", Duration.between(since, Instant.now()).toSeconds());
        }
        if (refused != null && refusal == null) {
            log.error("The database takes no changes ({}); what writes is refused until it does", refused);
        } else if (refused == null && refusal != null) {
            log.warn("The database takes changes again");
        }
        refusal = refused;
    }

    private void away(String reason) {
        if (awaySince == null) {
            awaySince = Instant.now();
            log.error("The database does not answer ({}); requests are refused until it does", reason);
        }
    }

    private ProbeResult missed(SQLException e) {
        boolean silent = e.getCause() instanceof SocketTimeoutException;
        silences = silent ? silences + 1 : 0;
        if (silent && silences < SILENT_AFTER) {
            return ProbeResult.REFUSED;
        }
        if (!silent && !isGone(e.getSQLState())) {
            // It answers, though not to us: no connection is left for one more, or the role's password was changed (see LoginProbe).
            answered(refusal);
            return ProbeResult.ANSWERED;
        }
        away(FaultReasons.firstLine(e));
        if (silent) {
            cut.run();
        }
        return silent ? ProbeResult.TIMED_OUT : ProbeResult.REFUSED;
    }

    /** Whether the state of a failure says that nobody is there, or that the server stops or starts. */
    static boolean isGone(@Nullable String state) {
        return state == null || state.startsWith("08") || state.startsWith("57P");
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
