package social.coral.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import social.coral.installation.DatabaseServer;
import social.coral.installation.StartFault;

/**
 * A turn at something that one process does at a time, held in a transaction of its own until it is closed, or the process ends.
 * It is a lock that every owner may take: the server's advisory locks may be closed to one who is no superuser.
 */
final class Turn implements AutoCloseable {

    private static final String NOT_FREE = "55P03";

    private final Connection connection;

    private Turn(Connection connection) {
        this.connection = connection;
    }

    /** Waits until no other process starts on this database. Works where there is no table yet: it is the schema that is locked. */
    static Turn toStart(DatabaseServer server) throws SQLException {
        makeSchema(server);
        // A comment locks what it is about against other comments, and nothing else.
        return take(server, "comment on schema tenancy is 'Coral Social'");
    }

    /** Refuses when another of the operator's commands is at work on this database. */
    static Turn toCommand(DatabaseServer server) throws SQLException {
        try {
            return take(server, "lock table tenancy.claims_key in share update exclusive mode nowait");
        } catch (SQLException e) {
            if (NOT_FREE.equals(e.getSQLState())) {
                throw new StartFault("Another ./coral keys or ./coral backup is running on this database. Wait until it has finished.", e);
            }
            throw e;
        }
    }

    private static void makeSchema(DatabaseServer server) throws SQLException {
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            Owner.act(statement);
            statement.execute("""
                    do $$ begin
                      if to_regnamespace('tenancy') is null then
                        create schema tenancy;
                      end if;
                    exception when duplicate_schema or unique_violation then
                      -- Another process starts at the same time.
                    end $$
                    """);
        }
    }

    private static Turn take(DatabaseServer server, String lock) throws SQLException {
        Connection connection = server.connectAsOwner();
        try (Statement statement = connection.createStatement()) {
            Owner.act(statement);
            connection.setAutoCommit(false);
            statement.execute("set local idle_in_transaction_session_timeout = 0");
            statement.execute("set local statement_timeout = 0");
            statement.execute("set local lock_timeout = 0");
            statement.execute(lock);
            return new Turn(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }
}
