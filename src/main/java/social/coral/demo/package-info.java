/** What {@code ./coral run --demo} adds: two example people who listen to different accounts of the sandbox network, and the way to sign in as them. */
@NullMarked
@ApplicationModule(allowedDependencies = {"agents", "api", "content", "identity", "networks", "sandbox", "tenancy", "vault"})
package social.coral.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
