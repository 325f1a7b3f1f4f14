package social.coral.tenancy;

import java.util.List;
import social.coral.installation.DatabaseServer;

/** Doors of their own, for tests that need other bounds than the installation's. */
public final class TestDoors {

    private TestDoors() {}

    /** A door that knows the bounds which tables have at this moment, also those that were made after the start. */
    public static TenantDoor asDeclaredNow(Databases databases, DatabaseServer server) {
        return new TenantDoor(databases.pool(LoginRole.TENANT), new TenantShares(4, 8), databases.claimsKey(), new RowBounds(DeclaredTables.of(server)));
    }

    public static TenantDoor bounded(Databases databases, BoundSetting... settings) {
        return new TenantDoor(databases.pool(LoginRole.TENANT), new TenantShares(4, 8), databases.claimsKey(), new RowBounds(databases.tables().with(List.of(settings))));
    }
}
