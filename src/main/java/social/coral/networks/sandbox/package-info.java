/**
 * The sandbox network: a server in this process that speaks X API v2 about a made-up world, so that the product can be
 * tried, shown and tested without a key. Knows nothing of the port above it.
 */
@NullMarked
@NamedInterface("sandbox")
package social.coral.networks.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
