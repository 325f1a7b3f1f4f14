/** The page of keys: which services may be used in the tenant's name. */
@NullMarked
package social.coral.web.keys;

import org.jspecify.annotations.NullMarked;
