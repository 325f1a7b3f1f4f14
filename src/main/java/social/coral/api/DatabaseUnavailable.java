package social.coral.api;

import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Knows by which failures a database shows that it is away for a while, whatever they are wrapped in. */
public final class DatabaseUnavailable {

    /** No connection; nobody of ours is let in; no room, memory or place for one more; the server stops or starts; its disk fails. */
    private static final Set<String> CLASSES = Set.of("08", "28", "53", "57", "58");

    /** A standby that was not promoted yet takes no write. */
    private static final String READ_ONLY = "25006";

    /** A statement came after one that had failed; that one is its cause. */
    private static final String AFTER_A_FAILURE = "25P02";

    /** Somebody ended one statement, a time limit for instance; the database is there. */
    private static final String CANCELLED = "57014";

    /** Another transaction holds what this one waited for. */
    private static final String LOCK_NOT_GOT = "55P03";

    private static final Set<String> BUSY = Set.of(CANCELLED, LOCK_NOT_GOT);

    private DatabaseUnavailable() {}

    public static boolean is(Throwable failure) {
        boolean away = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null && !sql.getSQLState().equals(AFTER_A_FAILURE)) {
                return isAway(sql.getSQLState());
            }
            if (cause instanceof SQLTransientConnectionException) {
                // All connections are in use.
                return false;
            }
            away |= cause instanceof DataAccessResourceFailureException || cause instanceof CannotCreateTransactionException;
        }
        return away;
    }

    /** What to answer to a request whose failure is the database's and passes, or its person's, who is gone; empty for every other failure. */
    public static Optional<Failure> answer(Throwable failure, HttpServletRequest request) {
        if (failure instanceof AccountGone gone) {
            return Optional.of(gone.answer());
        }
        if (isReadOnly(failure)) {
            return Optional.of(Failure.databaseTakesNoChanges());
        }
        if (is(failure)) {
            return Optional.of(Failure.databaseAway(!SafeMethods.has(request)));
        }
        return isBusy(failure) ? Optional.of(Failure.busy()) : Optional.empty();
    }

    /** Whether the failure is the database's and passes by itself: it is away, or has no place for one more at present. */
    public static boolean passes(Throwable failure) {
        return is(failure) || isBusy(failure);
    }

    private static boolean isReadOnly(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql && READ_ONLY.equals(sql.getSQLState()));
    }

    private static boolean isBusy(Throwable failure) {
        boolean afterAFailure = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransientDataAccessException
                    || cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLException sql && sql.getSQLState() != null && BUSY.contains(sql.getSQLState())) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                // A failure that nobody knows is taken for one that passes, and what came after it is not to blame.
                afterAFailure = sql.getSQLState().equals(AFTER_A_FAILURE);
            }
        }
        return afterAFailure;
    }

    private static boolean isAway(String state) {
        return state.equals(READ_ONLY) || !state.equals(CANCELLED) && CLASSES.stream().anyMatch(state::startsWith);
    }
}
