/** The error pages. */
@NullMarked
@NamedInterface("error")
package social.coral.web.error;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
