/**
 * What a tenant listens to and writes: accounts, collected and imported posts, posts of its own, personas. Reached by
 * agents and pages through its stores; touches the tenancy door and nothing above it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "installation", "portability", "tenancy"})
package social.coral.content;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
