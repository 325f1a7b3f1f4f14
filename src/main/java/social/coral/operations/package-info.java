/**
 * The doctor: looks at an installation from outside, changes nothing and says what to do.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"installation", "tenancy"})
package social.coral.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
