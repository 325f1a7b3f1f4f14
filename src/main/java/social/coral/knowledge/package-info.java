/**
 * What a tenant can search by meaning: texts of other rooms and what agents have noted, cut into pieces. The truth is in PostgreSQL
 * and written in the transaction of what it comes from; other rooms register their kinds of texts.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "egress", "erasure", "identity", "installation", "jobs", "models", "services", "tenancy", "usage", "vault"})
package social.coral.knowledge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
