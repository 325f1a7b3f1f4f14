/** The page of knowledge: what the tenant's texts say about something. */
@NullMarked
package social.coral.web.knowledge;

import org.jspecify.annotations.NullMarked;
