package social.coral.knowledge;

import social.coral.tenancy.Tenant;

/**
 * Finds texts by the nearness of their vectors. It is derived from the database: it may be thrown away and filled again, and it is never
 * asked for what a text says.
 */
interface VectorIndex {

    /** The vectors of one tenant, and the only way to any. */
    TenantVectors of(Tenant tenant);
}
