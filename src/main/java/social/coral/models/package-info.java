/**
 * Language models behind one port, with the tenant's own keys: what they read is split into instructions and material, and what they
 * answer is judged before anything uses it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "egress", "installation", "services", "tenancy", "usage", "vault"})
package social.coral.models;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
