/**
 * The doctor, which looks at an installation from outside, changes nothing and says what to do; and what a worker serves.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"egress", "installation", "tenancy"})
package social.coral.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
