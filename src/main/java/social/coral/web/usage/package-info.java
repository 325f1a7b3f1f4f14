/** The page of usage: what was used, and what it cost. */
@NullMarked
package social.coral.web.usage;

import org.jspecify.annotations.NullMarked;
