/**
 * What this installation is: its settings, its data folder and lock, its master key, its database server. Knows nothing
 * of tenants and touches no other room.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package social.coral.installation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
