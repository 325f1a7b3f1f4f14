package social.coral.erasure;

import social.coral.tenancy.Tenant;

/** Keeps something of tenants outside the database. A Spring component of this type needs no other registration. */
public interface KeptElsewhere {

    /**
     * Removes everything of a tenant whose rows are gone, and makes sure of it. Nobody works for the tenant any more.
     *
     * @return whether nothing is left; otherwise the erasure is not done, and this is called again later
     */
    boolean erase(Tenant tenant);
}
