/** The pages for strangers: signing in, signing up, and out again. */
@NullMarked
package social.coral.web.auth;

import org.jspecify.annotations.NullMarked;
