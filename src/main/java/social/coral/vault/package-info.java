/**
 * A tenant's API keys, sealed by envelope encryption. Nothing else in the product sees a plain key.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "installation", "tenancy"})
package social.coral.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
