/** Everything of the person's as a whole: taking it along, bringing it in, having it erased. */
@NullMarked
package social.coral.web.data;

import org.jspecify.annotations.NullMarked;
