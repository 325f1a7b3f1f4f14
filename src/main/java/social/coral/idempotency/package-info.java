/**
 * Writes with an {@code Idempotency-Key}, which are done once, however often they arrive. Uses tenancy, because the response is
 * stored in the transaction of the change.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "tenancy"})
package social.coral.idempotency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
