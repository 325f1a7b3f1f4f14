/**
 * The ledger of outgoing calls, what they cost, and what a tenant has used of its limit.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "installation", "jobs", "tenancy"})
package social.coral.usage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
