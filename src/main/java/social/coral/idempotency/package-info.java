/**
 * Writes that carry an {@code Idempotency-Key} and are therefore done once, however often they arrive. Touches the tenancy
 * door, since the answer is kept in the transaction that makes the change.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "tenancy"})
package social.coral.idempotency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
