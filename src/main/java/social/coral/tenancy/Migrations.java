package social.coral.tenancy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.util.PasswordUtil;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import social.coral.installation.DatabaseServer;
import social.coral.installation.StartFault;

/** Brings the schema and the login roles up to date, as the database's owner, whose connection is then closed. */
final class Migrations {

    // Any number that nothing else in this database locks on; several processes may start at once.
    private static final long START_LOCK = 0x636f72616cL;

    private Migrations() {}

    static void run(DatabaseServer server, RolePasswords passwords) {
        try (Connection owner = DriverManager.getConnection(server.jdbcUrl(), server.owner());
                Statement statement = owner.createStatement()) {
            int version = owner.getMetaData().getDatabaseMajorVersion();
            if (version < 15) {
                throw new StartFault("the database is PostgreSQL " + version + ", and at least 15 is needed; upgrade it, or leave DATABASE_URL out to use the embedded one");
            }
            statement.execute("select pg_advisory_lock(" + START_LOCK + ")");
            for (LoginRole role : LoginRole.values()) {
                createRole(statement, role, passwords.of(role));
            }
            migrate(server);
        } catch (FlywayException e) {
            throw new StartFault("the database could not be brought to this version (" + firstLine(e) + "); restore the last backup or ask for help with that message", e);
        } catch (SQLException e) {
            throw new StartFault("the database at " + server.jdbcUrl() + " did not answer or refused the owner (" + firstLine(e)
                    + "); check DATABASE_URL and that the server is running", e);
        }
    }

    private static void createRole(Statement statement, LoginRole role, String password) throws SQLException {
        statement.execute("""
                do $$ begin
                  if not exists (select from pg_roles where rolname = '%1$s') then
                    create role %1$s;
                  end if;
                end $$
                """.formatted(role.roleName));
        // Sent as its verifier, so that a server that logs statements does not log the password.
        String verifier = PasswordUtil.encodePassword(role.roleName, password.toCharArray(), "scram-sha-256");
        statement.execute("alter role %s login inherit password '%s'".formatted(role.roleName, verifier));
    }

    private static void migrate(DatabaseServer server) {
        Flyway.configure()
                .dataSource(new DriverManagerDataSource(server.jdbcUrl(), server.owner()))
                .schemas("tenancy")
                .defaultSchema("tenancy")
                .table("schema_history")
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }
}
