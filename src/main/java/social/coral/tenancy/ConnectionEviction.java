package social.coral.tenancy;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Takes a connection out of its pool when a statement fails in a way that none of ours does while the schema is right: a
 * setting that someone left in the session may be the cause, and a new session has none.
 */
final class ConnectionEviction implements SQLExceptionOverride {

    // Data out of range, a broken constraint, a conflict of two transactions, a lock that was not got: the session is well.
    private static final Set<String> ORDINARY_CLASSES = Set.of("22", "23", "40", "55");

    @java.lang.Override
    public Override adjudicate(SQLException fault) {
        String state = fault.getSQLState();
        return state == null || state.length() < 2 || ORDINARY_CLASSES.contains(state.substring(0, 2)) ? Override.CONTINUE_EVICT : Override.MUST_EVICT;
    }
}
