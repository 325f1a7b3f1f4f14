/**
 * The operator's commands: the doctor, which checks an installation from outside and says what to do, and those for keys,
 * backups, prices, plans and spending. Also the health indicators, and what a worker serves.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"agents", "backup", "egress", "identity", "installation", "jobs", "kms", "knowledge", "tenancy", "usage", "vault"})
package social.coral.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
