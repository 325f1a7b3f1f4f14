/** The page of metrics: how the person's own posts are doing. */
@NullMarked
package social.coral.web.metrics;

import org.jspecify.annotations.NullMarked;
