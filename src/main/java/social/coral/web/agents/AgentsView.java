package social.coral.web.agents;

import java.util.List;
import social.coral.agents.AgentCard;

/** The agents, as the tenant has them. */
public record AgentsView(List<AgentCard> agents) {

    /** How they stand, in a sentence. */
    public String lead() {
        long scheduled = agents.stream().filter(agent -> agent.schedule().enabled()).count();
        if (agents.size() == 1) {
            return scheduled == 0 ? "1 agent, not on a schedule" : "1 agent, on a schedule";
        }
        return agents.size() + " agents, " + (scheduled == 0 ? "none" : String.valueOf(scheduled)) + " on a schedule";
    }
}
