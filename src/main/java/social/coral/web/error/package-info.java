/** The pages that say what did not work. */
@NullMarked
@NamedInterface("error")
package social.coral.web.error;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
