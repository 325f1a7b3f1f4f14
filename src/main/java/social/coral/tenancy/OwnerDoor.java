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
 * The database as a command of the operator's reaches it, over one connection of its owner. The policies bind the owner as
 * they bind everybody: what is to be done with every tenant's rows is done through a door, for one tenant after another.
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

    /** The tables that belong to no tenant. */
    public DataSource own() {
        return connection;
    }

    /** The tenants' tables, for the tenant of the running work. */
    public TenantDoor tenants() {
        return tenants;
    }

    /** Does the work for each tenant that there is, a page of them at a time; one who comes meanwhile may be left out. */
    public void eachTenant(Runnable work) {
        JdbcClient sql = JdbcClient.create(connection);
        List<UUID> page = sql.sql("select id from auth.users order by id limit ?").param(PAGE).query(UUID.class).list();
        while (!page.isEmpty()) {
            page.forEach(id -> new Tenant(id).run(work));
            page = sql.sql("select id from auth.users where id > ? order by id limit ?").params(page.getLast(), PAGE).query(UUID.class).list();
        }
    }

    /** The tenant with this e-mail address or id. */
    public Optional<Tenant> tenant(String emailOrId) {
        return JdbcClient.create(connection)
                .sql("select id from auth.users where id::text = lower(:who) or (lower(email) = lower(:who) and deleted_at is null) limit 1")
                .param("who", emailOrId)
                .query(UUID.class)
                .optional()
                .map(Tenant::new);
    }

    /** Refuses when another command is at work here; the turn is this one's until the door closes. */
    public void takeTurn() {
        try {
            turn = Turn.toCommand(server);
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /** Makes the database's current master key that of the process. */
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
     * Makes the key of this name the current one, and gives the login roles their passwords under it, in one transaction: a
     * process that logs in before or after has a password to do it with, if it knows both keys or can look for the new one.
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
