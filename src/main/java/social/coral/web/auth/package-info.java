/** The pages for signing up, in and out. */
@NullMarked
package social.coral.web.auth;

import org.jspecify.annotations.NullMarked;
