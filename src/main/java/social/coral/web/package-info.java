/**
 * The pages. They are thin: no SQL, no outside calls, only the public types of the rooms below. Each page has a package of its own
 * with its controller; the templates are in {@code src/main/jte}, under the same names.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"agents", "api", "content", "demo", "erasure", "identity", "imports", "installation", "knowledge", "models",
    "networks", "portability", "sandbox", "tenancy", "usage", "vault"})
package social.coral.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
