/**
 * {@code ./coral bench}: what the product does in a second, as ratios within one run. The product runs as a process of its
 * own with its normal settings and is asked over HTTP, as anybody would.
 */
@NullMarked
package social.coral.bench;

import org.jspecify.annotations.NullMarked;
