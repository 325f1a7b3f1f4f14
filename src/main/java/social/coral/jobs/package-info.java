/**
 * The durable worker: finds in PostgreSQL what is due and for whom, and gives it to the room that contributed the task. It
 * knows what is to be done and when, never what it is about.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "installation", "tenancy"})
package social.coral.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
