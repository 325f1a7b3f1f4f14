/** The page of accounts: whom the tenant listens to. */
@NullMarked
package social.coral.web.accounts;

import org.jspecify.annotations.NullMarked;
