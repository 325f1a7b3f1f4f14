/**
 * The operator's commands: the doctor, which looks at an installation from outside, changes nothing and says what to do, and
 * the one for the keys. And what health is made of, and what a worker serves.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"egress", "identity", "installation", "jobs", "kms", "tenancy", "vault"})
package social.coral.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
