/** The page of one run. */
@NullMarked
package social.coral.web.runs;

import org.jspecify.annotations.NullMarked;
