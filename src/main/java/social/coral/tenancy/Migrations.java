package social.coral.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import social.coral.installation.DatabaseServer;
import social.coral.installation.FaultReasons;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;

/**
 * Brings the schema and the login roles up to date as the database's owner, whose connection is then closed. Returns the key that
 * signs claims.
 */
final class Migrations {

    private Migrations() {}

    static ClaimsKey run(DatabaseServer server, Function<LoginRole, String> passwords, MasterKey masterKey, int auditMonths) {
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            OwnerRights.check(statement);
            try (Turn _ = Turn.toStart(server)) {
                Owner.act(statement);
                KnownMasterKey.follow(statement, masterKey);
                LoginRoles.bringUpToDate(statement, passwords);
                migrate(server, statement, MigrationVersion.LATEST);
                RevokedFunctions.close(server);
                MonthlyPartitions.keepUp(statement, auditMonths);
                KnownMasterKey.remember(owner, masterKey.currentId());
                ClaimsKey key = ClaimsKey.of(owner);
                IsolationCheckup.refuseBroken(owner);
                return key;
            }
        } catch (FlywayException | SQLException e) {
            throw new StartFault("The database could not be upgraded to this version (" + FaultReasons.firstLine(e)
                    + "). Run ./coral doctor for details. A backup from before the upgrade works with the earlier version.", e);
        }
    }

    /** Migrates up to the target. A schema that is up to date is only validated, which needs no lock of Flyway's. */
    static void migrate(DatabaseServer server, Statement owner, MigrationVersion target) throws SQLException {
        Flyway flyway = flyway(server, Owner.setRole(owner), target);
        if (flyway.info().current() != null && flyway.info().pending().length == 0) {
            flyway.validate();
        } else {
            OwnerRights.refuseWithoutLock(owner);
            IsolationCheckup.refuseReplaced(owner);
            flyway.migrate();
        }
    }

    static Flyway flyway(DatabaseServer server) {
        return flyway(server, Optional.empty(), MigrationVersion.LATEST);
    }

    private static Flyway flyway(DatabaseServer server, Optional<String> setRole, MigrationVersion target) {
        return Flyway.configure()
                .dataSource(new DriverManagerDataSource(server.jdbcUrl(), server.owner()))
                .schemas("tenancy")
                .defaultSchema("tenancy")
                .table("schema_history")
                .locations("classpath:db/migration")
                .initSql(setRole.orElse(null))
                .target(target)
                .load();
    }
}
