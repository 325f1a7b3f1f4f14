/**
 * Social networks behind one port: X, and the sandbox that speaks as X does. A network is made for one tenant's
 * credentials; everything that goes wrong there is a {@link social.coral.services.ServiceFault}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "egress", "installation", "sandbox", "services", "usage", "vault"})
package social.coral.networks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
