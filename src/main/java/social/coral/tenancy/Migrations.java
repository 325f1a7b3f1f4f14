package social.coral.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import social.coral.installation.DatabaseServer;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;

/**
 * Brings the schema and the login roles up to date, as the database's owner, whose connection is then closed; what stays of it
 * is the key to the claims.
 */
final class Migrations {

    // Any number that nothing else in this database locks on; several processes may start at once.
    private static final long START_LOCK = 0x636f72616cL;

    private Migrations() {}

    static ClaimsKey run(DatabaseServer server, Function<LoginRole, String> passwords, MasterKey masterKey, int auditMonths) {
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            OwnerRights.check(statement);
            lock(statement);
            KnownMasterKey.follow(statement, masterKey);
            LoginRoles.bringUpToDate(statement, passwords);
            flyway(server).migrate();
            ClosedFunctions.close(server, statement);
            AuditMonths.keepUp(statement, auditMonths);
            KnownMasterKey.remember(owner, masterKey.currentId());
            return ClaimsKey.of(owner);
        } catch (FlywayException | SQLException e) {
            throw new StartFault("the database could not be brought to this version (" + firstLine(e)
                    + "); ./coral doctor tells more, and a backup from before the upgrade goes with the earlier version", e);
        }
    }

    /** Keeps other processes from starting until {@link #unlock} or the connection's end, and waits for one that does. */
    static void lock(Statement statement) throws SQLException {
        statement.execute("select pg_advisory_lock(" + START_LOCK + ")");
    }

    static void unlock(Statement statement) throws SQLException {
        statement.execute("select pg_advisory_unlock(" + START_LOCK + ")");
    }

    static Flyway flyway(DatabaseServer server) {
        return Flyway.configure()
                .dataSource(new DriverManagerDataSource(server.jdbcUrl(), server.owner()))
                .schemas("tenancy")
                .defaultSchema("tenancy")
                .table("schema_history")
                .locations("classpath:db/migration")
                .load();
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }
}
