/**
 * The pages. Thin: no SQL, no outside call, only the faces of the rooms below. Each page has a folder of its own with its
 * controller and what its template shows; the templates are in {@code src/main/jte}, under the same names.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"agents", "api", "content", "demo", "erasure", "identity", "installation", "networks", "portability", "sandbox", "tenancy", "usage", "vault"})
package social.coral.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
