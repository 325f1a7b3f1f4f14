/**
 * The tenant of the running work, the only door to tenant tables, the login roles and the migrations.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "installation"})
package social.coral.tenancy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
