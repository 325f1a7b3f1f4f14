package social.coral.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import social.coral.installation.DatabaseServer;

/** Doors of their own, for tests that need other bounds than the installation's. */
public final class TestDoors {

    private TestDoors() {}

    /** A door that knows the bounds which tables have at this moment, also those that were made after the start. */
    public static TenantDoor asDeclaredNow(Databases databases, DatabaseServer server) {
        return new TenantDoor(databases.pool(LoginRole.TENANT), new TenantShares(4, 8), databases.claimsKey(), new RowBounds(DeclaredTables.of(server)));
    }

    /** A door of another process, by connections of the tenants' login and one of a role that may read the key of the claims. */
    public static TenantDoor of(DataSource tenants, Connection administrator) throws SQLException {
        RowBounds bounds = new RowBounds(DeclaredTables.of(administrator));
        return new TenantDoor(tenants, new TenantShares(4, 8), ClaimsKey.of(administrator), bounds);
    }

    public static TenantDoor bounded(Databases databases, BoundSetting... settings) {
        return new TenantDoor(databases.pool(LoginRole.TENANT), new TenantShares(4, 8), databases.claimsKey(), new RowBounds(databases.tables().with(List.of(settings))));
    }
}
