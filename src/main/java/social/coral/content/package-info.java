/**
 * A tenant's content: accounts, collected and imported posts, its own posts, personas. Agents and pages use its stores; it
 * touches the tenancy door, and of the profile how long a post may be.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "identity", "installation", "knowledge", "networks", "portability", "tenancy"})
package social.coral.content;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
