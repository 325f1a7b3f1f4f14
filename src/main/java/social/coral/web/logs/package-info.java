/** The page of the log: what happened. */
@NullMarked
package social.coral.web.logs;

import org.jspecify.annotations.NullMarked;
