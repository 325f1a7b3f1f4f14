/**
 * The sandbox network: a server in this process that speaks X API v2 about a made-up world, so that the product can be
 * tried, shown and tested without a key. It knows nothing of the rooms that call it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"egress", "installation"})
package social.coral.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
