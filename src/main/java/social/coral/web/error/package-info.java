/** The pages that say what did not work. */
@NullMarked
package social.coral.web.error;

import org.jspecify.annotations.NullMarked;
