/** The page of personas: the voices in which agents write. */
@NullMarked
package social.coral.web.persona;

import org.jspecify.annotations.NullMarked;
