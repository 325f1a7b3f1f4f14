package social.coral.tenancy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import social.coral.installation.DatabaseServer;
import social.coral.installation.DatabaseSupervisor;
import social.coral.installation.FaultReasons;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;

/**
 * One pool of connections for each login role, opened after the schema is up to date. Tenant tables are not reached
 * from here but through the {@link TenantDoor}.
 */
@Component
public final class Databases implements DisposableBean {

    private final ClaimsKey claimsKey;
    private final DeclaredTables tables;
    private final DatabaseProbe pulse;
    private final LoginProbe doors;
    private final Map<LoginRole, HikariDataSource> pools = new EnumMap<>(LoginRole.class);

    Databases(DatabaseServer server, RolePasswords passwords, MasterKey masterKey, TenancySettings settings, DatabaseSupervisor keeper) {
        claimsKey = Migrations.run(server, passwords::of, masterKey, settings.auditMonths());
        tables = DeclaredTables.of(server);
        List<RoleLogin> logins = new ArrayList<>();
        pulse = new DatabaseProbe(
                new RoleLogin(server, LoginRole.JOBS, passwords, DatabaseProbe.PATIENCE), keeper, () -> logins.forEach(RoleLogin::cut));
        Map<LoginRole, RoleLogin> knocking = new EnumMap<>(LoginRole.class);
        for (LoginRole role : LoginRole.values()) {
            knocking.put(role, new RoleLogin(server, role, passwords, DatabaseProbe.PATIENCE));
            RoleLogin login = new RoleLogin(server, role, passwords);
            refuseClosedDoor(server, role, login);
            logins.add(login);
            pools.put(role, pool(role.roleName, pulse.waiting(login), role.connections));
        }
        doors = new LoginProbe(knocking, role -> hasConnections(role));
        pulse.start();
        doors.start();
    }

    /** Reports whether the database does not answer at present. */
    public boolean areAway() {
        return pulse.isAway();
    }

    /** Returns what is wrong with the database, as of a few seconds ago. Does not ask it. */
    public Optional<String> fault() {
        return pulse.fault().or(doors::fault);
    }

    /** Schema {@code auth}: people, sessions, tokens, signing keys. */
    public DataSource auth() {
        return pool(LoginRole.AUTH);
    }

    /** Schema {@code jobs}: what is due and for which tenant. */
    public DataSource jobs() {
        return pool(LoginRole.JOBS);
    }

    /** Schema {@code usage}: counters and reservations, which a tenant must not be able to write. */
    public DataSource meter() {
        return pool(LoginRole.METER);
    }

    /**
     * Returns a short public id of this installation, the same in every process on its database and after every start.
     */
    public String mark() {
        return claimsKey.sign("mark").substring(0, 8);
    }

    DeclaredTables tables() {
        return tables;
    }

    ClaimsKey claimsKey() {
        return claimsKey;
    }

    DataSource pool(LoginRole role) {
        HikariDataSource pool = pools.get(role);
        if (pool == null) {
            throw new IllegalStateException("no pool for " + role);
        }
        return pulse.refusing(pool);
    }

    private boolean hasConnections(LoginRole role) {
        HikariDataSource pool = pools.get(role);
        return pool != null && pool.getHikariPoolMXBean().getTotalConnections() > 0;
    }

    static HikariDataSource pool(String name, DataSource login, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(login);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        config.setExceptionOverride(new ConnectionEviction());
        return new HikariDataSource(config);
    }

    /** Refuses a server that lets the owner in but not the roles that the owner created, by its pg_hba.conf or a pooler's list of users. */
    private static void refuseClosedDoor(DatabaseServer server, LoginRole role, RoleLogin login) {
        try {
            login.getConnection().close();
        } catch (SQLException e) {
            throw new StartFault("The database at " + server.name() + " does not let the role " + role.roleName + " in ("
                    + FaultReasons.firstLine(e) + "). Coral Social created this role and logs in with it."
                    + " Allow it in pg_hba.conf or in the pooler's list of users.", e);
        }
    }

    @Override
    public void destroy() {
        pulse.close();
        doors.close();
        pools.values().forEach(HikariDataSource::close);
    }
}
