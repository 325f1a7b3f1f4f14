/** The page of one run: what it is doing, what it did. */
@NullMarked
package social.coral.web.runs;

import org.jspecify.annotations.NullMarked;
