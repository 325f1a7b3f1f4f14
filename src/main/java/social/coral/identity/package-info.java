/**
 * People: sign-up, sign-in, sessions, tokens, and the wire protocol of GoTrue at {@code /auth/v1}. No other room handles
 * passwords and tokens.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "installation", "tenancy"})
package social.coral.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
