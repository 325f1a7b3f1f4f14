package social.coral.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Undoes what a statement changed for its whole session, and with that for the tenants who get the connection next. Looks at
 * the settings that change what a later statement means without making it fail; the server reports each change of them, so
 * that looking takes no round trip. What makes a statement fail is left to {@link ConnectionEviction}.
 */
final class SessionSettings {

    private static final String[] REPORTED = {"standard_conforming_strings", "TimeZone", "IntervalStyle"};

    private volatile @Nullable List<String> usual;

    /** Takes the settings of the first session as what all of them should have; to be called before its first statement. */
    Connection learn(Connection connection) throws SQLException {
        if (usual == null) {
            usual = of(connection);
        }
        return connection;
    }

    /** Resets the session if one of them is not as usual; to be called outside a transaction. */
    void restore(Connection connection) throws SQLException {
        if (of(connection).equals(usual)) {
            return;
        }
        try (Statement reset = connection.createStatement()) {
            reset.execute("reset all");
        } catch (SQLException e) {
            // What was done keeps its answer. The pool gives the connection up, because this failed on it.
        }
    }

    private static List<String> of(Connection connection) throws SQLException {
        PGConnection session = connection.unwrap(PGConnection.class);
        return Arrays.stream(REPORTED).map(name -> String.valueOf(session.getParameterStatus(name))).toList();
    }
}
