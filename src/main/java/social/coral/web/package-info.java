/**
 * The pages, and what stands between the network and every route: who is asking, whether they may, and the headers of each
 * answer. Thin: no SQL and no outside call.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "identity", "installation", "tenancy"})
package social.coral.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
