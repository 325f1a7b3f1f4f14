package social.coral.tenancy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import social.coral.installation.DatabaseServer;
import social.coral.installation.FaultReasons;
import social.coral.installation.InstallationSettings;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;

/** Gives backup and restore access to the schema: the applied migrations, and creating it up to one of them. */
public final class Schema {

    private Schema() {}

    /** Returns the applied migrations, the newest last. */
    public static List<String> migrations(DatabaseServer server) {
        return Arrays.stream(Migrations.flyway(server).info().applied())
                .map(MigrationInfo::getVersion).filter(version -> version != null).map(MigrationVersion::getVersion).toList();
    }

    /** Returns those migrations that this version of the product does not have. */
    public static List<String> unknown(DatabaseServer server, List<String> migrations) {
        List<String> known = Arrays.stream(Migrations.flyway(server).info().all())
                .filter(migration -> migration.getScript() != null && !migration.getState().name().startsWith("FUTURE") && !migration.getState().name().startsWith("MISSING"))
                .map(MigrationInfo::getVersion).filter(version -> version != null).map(MigrationVersion::getVersion).toList();
        return migrations.stream().filter(migration -> !known.contains(migration)).toList();
    }

    /** Creates the tables of an empty database as of this migration. */
    public static void make(DatabaseServer server, String migration, InstallationSettings settings, MasterKey masterKey) {
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            OwnerRights.check(statement);
            try (Turn _ = Turn.toStart(server)) {
                Owner.act(statement);
                LoginRoles.bringUpToDate(statement, new RolePasswords(settings, masterKey)::of);
                Migrations.migrate(server, statement, MigrationVersion.fromVersion(migration));
                RevokedFunctions.close(server);
            }
        } catch (FlywayException | SQLException e) {
            throw new StartFault("The tables could not be created (" + FaultReasons.firstLine(e) + ").", e);
        }
    }

    /** Does what each start does: upgrades the schema and the roles, and refuses broken isolation. */
    public static void bringUpToDate(DatabaseServer server, InstallationSettings settings, MasterKey masterKey) {
        Migrations.run(server, new RolePasswords(settings, masterKey)::of, masterKey, 0);
    }

    /** Returns the months for which the audit has a partition. */
    public static List<String> auditMonths(Statement owner) throws SQLException {
        List<String> months = new ArrayList<>();
        try (ResultSet rows = owner.executeQuery("""
                select replace(substr(relname, 5), '_', '-') from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'audit' and relname ~ '^log_[0-9]{4}_[0-9]{2}$' and relkind = 'r' order by 1
                """)) {
            while (rows.next()) {
                months.add(rows.getString(1));
            }
        }
        return months;
    }

    /** Creates the partitions of these months, of the tables that have any. */
    public static void makeAuditMonths(Statement owner, List<String> months) throws SQLException {
        Owner.act(owner);
        for (String month : months) {
            MonthlyPartitions.make(owner, YearMonth.parse(month));
        }
    }
}
