/**
 * A tenant's content: accounts, collected and imported posts, its own posts, personas. Agents and pages use its stores; it
 * touches the tenancy door and nothing above it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "installation", "knowledge", "networks", "portability", "tenancy"})
package social.coral.content;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
