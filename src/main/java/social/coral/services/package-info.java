/**
 * What all services outside have in common: how one is registered for agents, for whom its calls are made, and what may go
 * wrong with it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"egress", "usage", "vault"})
package social.coral.services;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
