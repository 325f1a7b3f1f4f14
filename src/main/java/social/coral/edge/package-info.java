/**
 * Everything between the network and the routes: connections, bodies, limits, sessions, CSRF, idempotency, headers and errors.
 * {@link social.coral.edge.EdgeConfiguration} shows the order of the filters. Knows of the pages only how to show a failure.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "idempotency", "identity", "installation", "tenancy", "usage", "web :: error", "web :: frame"})
package social.coral.edge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
