package social.coral.content;

import social.coral.tenancy.TenantDoor;

/** Lets one transaction of a tenant at a time past a bound, so that two at once cannot pass it together. */
final class TenantLock {

    private TenantLock() {}

    /** Waits for the tenant's other holders and keeps the lock to the end of the transaction that is open. */
    static void take(TenantDoor door) {
        door.sql("select user_id from public.user_profiles where user_id = :tenant for update").one(row -> true);
    }
}
