/** The wizard that leads a new person from sign-up to the first collected posts. */
@NullMarked
package social.coral.web.setup;

import org.jspecify.annotations.NullMarked;
