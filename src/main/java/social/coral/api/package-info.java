/**
 * What every route shares: the one expected failure and how it is told, the bounds of lists. Touches no other room.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package social.coral.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
