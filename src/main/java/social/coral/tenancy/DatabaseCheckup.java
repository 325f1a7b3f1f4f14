package social.coral.tenancy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import social.coral.installation.DatabaseServer;
import social.coral.installation.FaultReasons;
import social.coral.installation.Finding;
import social.coral.installation.InstallationSettings;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;

/** Checks the database as its owner, without changes: version, schema, master key, roles, clock. */
public final class DatabaseCheckup {

    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private DatabaseCheckup() {}

    public static List<Finding> of(DatabaseServer server, InstallationSettings settings, Optional<MasterKey> masterKey) {
        List<Finding> findings = new ArrayList<>();
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            version(statement, server, findings);
            OwnerRights.check(statement);
            findings.add(schema(server));
            if (masterKey.isPresent()) {
                KnownMasterKey.follow(statement, masterKey.get());
            }
            findings.add(roles(statement));
            if (masterKey.isPresent()) {
                logins(statement, server, new RolePasswords(settings, masterKey.get()), findings);
            }
            IsolationCheckup.of(owner).stream().filter(finding -> finding.level() != Finding.Level.OK).forEach(findings::add);
            findings.add(clock(statement));
        } catch (StartFault fault) {
            findings.add(Finding.fault("database", String.valueOf(fault.getMessage())));
        } catch (SQLException | FlywayException e) {
            findings.add(Finding.fault("database", "The database could not be checked (" + e.getMessage() + ")."));
        }
        return findings;
    }

    private static void version(Statement statement, DatabaseServer server, List<Finding> findings) throws SQLException {
        try (ResultSet row = statement.executeQuery("select current_setting('server_version_num')::int, current_setting('server_version')")) {
            row.next();
            findings.add(Finding.ok("database", (server.embedded() ? "embedded PostgreSQL " : "PostgreSQL ") + row.getString(2) + " at " + server.name()));
            KnownVulnerabilities.of(row.getInt(1) / 10_000, row.getInt(1) % 10_000).forEach(hole -> findings.add(Finding.warning("database", hole)));
        }
    }

    private static Finding schema(DatabaseServer server) {
        MigrationInfoService info = Migrations.flyway(server).info();
        if (info.current() == null) {
            return Finding.ok("schema", "empty; the first start creates its tables");
        }
        List<MigrationInfo> unknown = Arrays.stream(info.applied())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS || migration.getState() == MigrationState.MISSING_SUCCESS)
                .toList();
        if (!unknown.isEmpty()) {
            return Finding.fault("schema", "The schema has migration " + unknown.getLast().getVersion() + ", which this version of Coral Social does not know. Start the newer version.");
        }
        if (Arrays.stream(info.all()).anyMatch(migration -> migration.getState().isFailed())) {
            return Finding.fault("schema", "A migration failed halfway. Run with the version from before it: ./coral restore --replace coral.backup.");
        }
        int pending = info.pending().length;
        return pending > 0
                ? Finding.warning("schema", "There are " + pending + " pending migrations. Run ./coral backup coral.backup first, then ./coral run to apply them.")
                : Finding.ok("schema", "up to date at " + info.current().getVersion());
    }

    private static Finding roles(Statement statement) throws SQLException {
        List<String> wrong = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("""
                select rolname from pg_roles r
                where rolname in (%s) and (rolsuper or rolbypassrls or rolcreaterole or exists (
                  select from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid and g.rolname <> 'authenticated'))
                """.formatted(LoginRole.quotedNames()))) {
            while (rows.next()) {
                wrong.add(rows.getString(1));
            }
        }
        return wrong.isEmpty()
                ? Finding.ok("roles", "none of the product's roles may pass the policies")
                : Finding.fault("roles", String.join(", ", wrong) + " may do more than the product needs. As an administrator, revoke superuser, bypassrls,"
                        + " createrole and every membership but the one in authenticated.");
    }

    /** Logs in as each role; those that the first start has not created yet are skipped. */
    private static void logins(Statement statement, DatabaseServer server, RolePasswords passwords, List<Finding> findings) throws SQLException {
        Set<String> made = new HashSet<>();
        try (ResultSet rows = statement.executeQuery("select rolname from pg_roles where rolname in (%s)".formatted(LoginRole.quotedNames()))) {
            while (rows.next()) {
                made.add(rows.getString(1));
            }
        }
        for (LoginRole role : LoginRole.values()) {
            if (made.contains(role.roleName)) {
                login(server, role, passwords).ifPresent(findings::add);
            }
        }
    }

    private static Optional<Finding> login(DatabaseServer server, LoginRole role, RolePasswords passwords) {
        try {
            new RoleLogin(server, role, passwords, DatabaseProbe.PATIENCE).getConnection().close();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(Finding.fault("roles", "The database does not let " + role.roleName + " in (" + FaultReasons.firstLine(e) + "). "
                    + (RoleLogin.WRONG_PASSWORD.equals(e.getSQLState())
                            ? "Restart Coral Social, which resets the role's password."
                            : "Allow it in pg_hba.conf, and run as an administrator: alter role " + role.roleName
                                    + " login connection limit -1 valid until 'infinity'.")));
        }
    }

    private static Finding clock(Statement statement) throws SQLException {
        Instant before = Instant.now();
        try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
            row.next();
            Instant there = row.getObject(1, OffsetDateTime.class).toInstant();
            Instant here = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
            Duration apart = Duration.between(here, there).abs();
            return apart.compareTo(CLOCK_TOLERANCE) > 0
                    ? Finding.warning("clock", "The database's clock differs from this machine's by " + apart.toSeconds() + " s. Synchronize both with NTP.")
                    : Finding.ok("clock", "agrees with the database's");
        }
    }
}
