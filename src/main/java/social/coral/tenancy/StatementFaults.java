package social.coral.tenancy;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import social.coral.api.DatabaseFailures;

/** Names the faults of statements on tenant tables as the rest of the program knows them. */
final class StatementFaults {

    private static final SQLExceptionTranslator BY_STATE = new SQLStateSQLExceptionTranslator();

    private StatementFaults() {}

    static DataAccessException translated(String task, SQLException e) {
        RoleLogin.refuseTooLong(e);
        if (DatabaseFailures.isUnavailable(e)) {
            return new DataAccessResourceFailureException("the database is away", e);
        }
        if (e instanceof SQLTransientConnectionException) {
            return new TransientDataAccessResourceException("no connection is free", e);
        }
        DataAccessException known = BY_STATE.translate("tenant statement", task, e);
        return known != null ? known : new UncategorizedSQLException("tenant statement", task, e);
    }
}
