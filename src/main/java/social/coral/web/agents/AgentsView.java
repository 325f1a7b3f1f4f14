package social.coral.web.agents;

import java.util.List;
import social.coral.agents.AgentCard;

/** The agents, as the tenant has them. */
public record AgentsView(List<AgentCard> agents) {

    /** How they stand, in a sentence. */
    public String lead() {
        long scheduled = agents.stream().filter(agent -> agent.schedule().enabled()).count();
        if (agents.size() == 1) {
            return scheduled == 0 ? "It runs only when you start it" : "It runs on a schedule";
        }
        return scheduled == 0 ? "They run only when you start them" : scheduled + " of " + agents.size() + " run on a schedule";
    }
}
