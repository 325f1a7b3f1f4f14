/**
 * Backup of an installation, all but its master key, in one file, and restore: rows table by table in PostgreSQL's copy format, read
 * in one snapshot and loaded in one transaction. Needs no program beside the server.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"installation", "knowledge", "tenancy"})
package social.coral.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
