/**
 * An optional external key service that wraps the master key: the transit engine of HashiCorp Vault or of a compatible
 * server.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"installation", "egress"})
package social.coral.kms;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
