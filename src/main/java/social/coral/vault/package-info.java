/**
 * The tenants' API keys, with envelope encryption. No other room handles plain keys, apart from the call that needs one.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "installation", "tenancy"})
package social.coral.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
