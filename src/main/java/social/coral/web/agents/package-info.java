/** The page of agents: who works for the tenant, when, and at what cost. */
@NullMarked
package social.coral.web.agents;

import org.jspecify.annotations.NullMarked;
