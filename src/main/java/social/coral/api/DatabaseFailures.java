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

/** Classifies exceptions of the database, whatever they are wrapped in. */
public final class DatabaseFailures {

    /** SQLSTATE classes: connection failed, login refused, out of resources, server stopping or starting, disk error. */
    private static final Set<String> UNAVAILABLE = Set.of("08", "28", "53", "57", "58");

    /** A standby that has not been promoted yet refuses writes. */
    private static final String READ_ONLY = "25006";

    /** A statement followed a failed one, which is the real cause. */
    private static final String AFTER_A_FAILURE = "25P02";

    /** A statement was cancelled, for instance by a timeout; the database is available. */
    private static final String CANCELLED = "57014";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final Set<String> BUSY = Set.of(CANCELLED, LOCK_NOT_AVAILABLE);

    private DatabaseFailures() {}

    public static boolean isUnavailable(Throwable failure) {
        boolean unavailable = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null && !sql.getSQLState().equals(AFTER_A_FAILURE)) {
                return isUnavailable(sql.getSQLState());
            }
            if (cause instanceof SQLTransientConnectionException) {
                // All connections are in use.
                return false;
            }
            unavailable |= cause instanceof DataAccessResourceFailureException || cause instanceof CannotCreateTransactionException;
        }
        return unavailable;
    }

    /** Returns the response to a transient failure of the database or to an erased account; empty for any other failure. */
    public static Optional<Failure> toFailure(Throwable failure, HttpServletRequest request) {
        if (failure instanceof AccountGone gone) {
            return Optional.of(gone.toFailure());
        }
        if (isReadOnly(failure)) {
            return Optional.of(Failure.databaseReadOnly());
        }
        if (isUnavailable(failure)) {
            return Optional.of(Failure.databaseUnavailable(!SafeMethods.includes(request)));
        }
        return isBusy(failure) ? Optional.of(Failure.busy()) : Optional.empty();
    }

    /** Reports whether the database is unavailable or busy, so that a retry may succeed. */
    public static boolean isTransient(Throwable failure) {
        return isUnavailable(failure) || isBusy(failure);
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
                // The failure before is unknown, so it is assumed to be transient; this one is only its consequence.
                afterAFailure = sql.getSQLState().equals(AFTER_A_FAILURE);
            }
        }
        return afterAFailure;
    }

    private static boolean isUnavailable(String state) {
        return state.equals(READ_ONLY) || !state.equals(CANCELLED) && UNAVAILABLE.stream().anyMatch(state::startsWith);
    }
}
