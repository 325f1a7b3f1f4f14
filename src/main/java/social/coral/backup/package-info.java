/**
 * Everything of an installation but its master key in one file, and such a file taken back: rows table by table as PostgreSQL
 * copies them, read in one snapshot and loaded in one transaction. It needs no program beside the server.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"installation", "tenancy"})
package social.coral.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
