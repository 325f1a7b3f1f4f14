/** The page of the audit: who changed what, and from where. */
@NullMarked
package social.coral.web.audit;

import org.jspecify.annotations.NullMarked;
