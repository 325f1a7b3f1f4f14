package social.coral.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import social.coral.installation.DatabaseServer;
import social.coral.installation.FaultReasons;
import social.coral.installation.InstallationSettings;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;

/**
 * Gives the operator's commands access to the database over one connection of its owner. The policies apply to the owner too, so
 * work on every tenant's rows goes through a {@link TenantDoor}, one tenant after another.
 */
public final class OwnerDoor implements AutoCloseable {

    private static final int PAGE = 500;

    private final DatabaseServer server;
    private final SingleConnectionDataSource connection;
    private final TenantDoor tenants;
    private @Nullable Turn turn;

    private OwnerDoor(DatabaseServer server, SingleConnectionDataSource connection, ClaimsKey claimsKey, DeclaredTables tables) {
        this.server = server;
        this.connection = connection;
        this.tenants = new TenantDoor(connection, new TenantShares(1, 1), claimsKey, new RowBounds(tables));
    }

    public static OwnerDoor open(DatabaseServer server) {
        SingleConnectionDataSource connection = new SingleConnectionDataSource(server.connectAsOwner(), true);
        try {
            return new OwnerDoor(server, connection, ClaimsKey.of(connection.getConnection()), DeclaredTables.of(connection.getConnection()));
        } catch (SQLException e) {
            connection.destroy();
            throw new StartFault("The database does not have this version's tables yet. ./coral run creates them.", e);
        }
    }

    /** Returns the tables that belong to no tenant. */
    public DataSource own() {
        return connection;
    }

    /** Returns the door to the tables of the current tenant. */
    public TenantDoor tenants() {
        return tenants;
    }

    /** Runs the work for every tenant. Tenants created meanwhile may be left out. */
    public void eachTenant(Runnable work) {
        JdbcClient sql = JdbcClient.create(connection);
        List<UUID> page = sql.sql("select id from auth.users order by id limit ?").param(PAGE).query(UUID.class).list();
        while (!page.isEmpty()) {
            page.forEach(id -> new Tenant(id).run(work));
            page = sql.sql("select id from auth.users where id > ? order by id limit ?").params(page.getLast(), PAGE).query(UUID.class).list();
        }
    }

    private Optional<Tenant> tenant(String emailOrId) {
        return JdbcClient.create(connection)
                .sql("select id from auth.users where id::text = lower(:who) or (lower(email) = lower(:who) and deleted_at is null) limit 1")
                .param("who", emailOrId)
                .query(UUID.class)
                .optional()
                .map(Tenant::new);
    }

    /** Returns the tenant with an e-mail address or id; a fault that names it where there is none. */
    public Tenant named(String emailOrId) {
        return tenant(emailOrId).orElseThrow(() -> new StartFault("Nobody here has the address or id " + emailOrId + "."));
    }

    /** Takes the lock of the operator's commands until the door closes; refuses if another command has it. */
    public void takeTurn() {
        try {
            turn = Turn.toCommand(server);
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /** Switches the process to the database's current master key. */
    public void follow(MasterKey masterKey) {
        try (Statement statement = connection.getConnection().createStatement()) {
            if (KnownMasterKey.current(statement).isEmpty()) {
                throw new StartFault("The database has no tables yet. ./coral run creates them.");
            }
            KnownMasterKey.follow(statement, masterKey);
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /**
     * Makes the named key the current one and sets the login roles' passwords accordingly, in one transaction, so that a process
     * can log in before and after if it knows both keys or can look up the new one.
     */
    public void change(MasterKey masterKey, String id, InstallationSettings settings) {
        try (Statement statement = connection.getConnection().createStatement();
                Turn _ = Turn.toStart(server)) {
            Connection owner = connection.getConnection();
            owner.setAutoCommit(false);
            try {
                KnownMasterKey.change(owner, id);
                masterKey.follow(id);
                LoginRoles.bringUpToDate(statement, new RolePasswords(settings, masterKey)::of);
                owner.commit();
            } finally {
                owner.rollback();
                owner.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    private static StartFault fault(SQLException e) {
        return new StartFault("The database refused the change (" + FaultReasons.firstLine(e)
                + "). Nothing is lost. Run the command again.", e);
    }

    @Override
    public void close() {
        try (Turn _ = turn) {
            connection.destroy();
        } catch (SQLException e) {
            throw fault(e);
        }
    }
}
