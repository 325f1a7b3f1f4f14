/**
 * The pages, and what stands between the network and every route: who is asking, whether they may, and the headers of each
 * answer. Thin: no SQL, no outside call, only the faces of the rooms below. Each page has a folder of its own with its
 * controller and what its template shows; the templates are in {@code src/main/jte}, under the same names.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"agents", "api", "content", "erasure", "idempotency", "identity", "installation", "networks :: sandbox", "portability", "tenancy", "usage", "vault"})
package social.coral.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
