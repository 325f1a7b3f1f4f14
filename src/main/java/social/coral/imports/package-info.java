/**
 * Imports of a person's own posts: X's archive, tables, JSON. What a file means is decided here; how its formats are read, in
 * {@code archive}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "content", "installation", "jobs", "networks", "portability", "tenancy"})
package social.coral.imports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
