/**
 * The installation: its settings, its data folder and lock, its master key, its database server. Knows nothing of tenants
 * and uses no other room.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package social.coral.installation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
