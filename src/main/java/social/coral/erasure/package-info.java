/**
 * The end of an account: asked for by its person, undone within a week, then carried out by a durable job that removes every row
 * of theirs, looks for what is left and leaves a certificate. The database decides what is removed; see its function
 * {@code jobs.erase_some}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "identity", "jobs", "tenancy"})
package social.coral.erasure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
