/**
 * The durable worker: finds due jobs in PostgreSQL and runs the tasks that other rooms contribute. It knows what is due when
 * and for whom, never what it is about.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "installation", "tenancy"})
package social.coral.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
