/**
 * The key service outside that wraps the master key, where the operator has one: the transit engine of HashiCorp Vault, or
 * of what speaks its language.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"installation", "egress"})
package social.coral.kms;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
