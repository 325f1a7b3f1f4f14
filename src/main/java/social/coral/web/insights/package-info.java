/** The page of insights: the topics of what was collected. */
@NullMarked
package social.coral.web.insights;

import org.jspecify.annotations.NullMarked;
