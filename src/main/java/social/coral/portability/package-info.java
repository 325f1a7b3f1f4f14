/**
 * Data portability: the export of everything a tenant owns as one archive, and the import of such an archive. Tables and columns
 * come from the catalogue, so that a new table needs no change here.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "identity", "installation", "tenancy"})
package social.coral.portability;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
