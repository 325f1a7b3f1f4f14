/** The data of {@code ./coral run --demo}: two example people who follow different accounts of the sandbox network, and how to sign in as them. */
@NullMarked
@ApplicationModule(allowedDependencies = {"agents", "api", "content", "identity", "networks", "sandbox", "services", "tenancy", "usage", "vault"})
package social.coral.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
