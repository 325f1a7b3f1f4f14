package social.coral.tenancy;

import java.util.List;

/** Doors of their own, for tests that need other bounds than the installation's. */
public final class TestDoors {

    private TestDoors() {}

    public static TenantDoor bounded(Databases databases, BoundSetting... settings) {
        return new TenantDoor(databases.pool(LoginRole.TENANT), new TenantShares(4, 8), databases.claimsKey(), databases.bounds().with(List.of(settings)));
    }
}
