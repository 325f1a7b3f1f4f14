/** The first page: what needs the person. */
@NullMarked
package social.coral.web.dashboard;

import org.jspecify.annotations.NullMarked;
