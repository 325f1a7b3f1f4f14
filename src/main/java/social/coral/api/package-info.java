/**
 * The parts that all routes share: the expected failure and its problem document, the pages of lists. Uses no other room.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package social.coral.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
