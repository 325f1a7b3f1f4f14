/** The pages of usage: what was used, what it cost, and what may be spent. */
@NullMarked
package social.coral.web.usage;

import org.jspecify.annotations.NullMarked;
