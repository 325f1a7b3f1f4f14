/**
 * The erasure of an account: requested by its owner, undone within a week, or carried out by a durable job that deletes all rows,
 * verifies the result and leaves a certificate. The database function {@code jobs.erase_some} decides what is deleted.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "identity", "jobs", "tenancy"})
package social.coral.erasure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
