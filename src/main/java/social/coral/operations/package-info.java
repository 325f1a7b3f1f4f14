/**
 * The operator's commands: the doctor, which looks at an installation from outside, changes nothing and says what to do, and
 * those for the keys and for backups. And what health is made of, and what a worker serves.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"backup", "egress", "identity", "installation", "jobs", "kms", "tenancy", "vault"})
package social.coral.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
