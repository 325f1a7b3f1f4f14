/**
 * Language models, with the tenant's own keys.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"egress", "services", "usage", "vault"})
package social.coral.models;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
