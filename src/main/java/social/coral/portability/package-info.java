/**
 * What a tenant takes along: the export of everything it owns as one archive, and the import of such an archive. Which tables
 * and columns there are is asked of the catalogue each time, so that a new one needs no line here.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "identity", "installation", "tenancy"})
package social.coral.portability;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
