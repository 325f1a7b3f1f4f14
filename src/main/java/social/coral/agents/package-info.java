/**
 * The agent contract, the durable run, schedules and the log. The pipeline's agents are one file each in {@code pipeline}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "content", "erasure", "identity", "installation", "jobs", "knowledge", "models", "networks", "services", "tenancy", "usage", "vault"})
package social.coral.agents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
