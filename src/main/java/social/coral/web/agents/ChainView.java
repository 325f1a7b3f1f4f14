package social.coral.web.agents;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import social.coral.agents.AgentCard;
import social.coral.agents.AgentRun;
import social.coral.agents.Chains;
import social.coral.agents.RecentCost;
import social.coral.web.frame.Figures;

/**
 * Whether an agent starts the next one when it is done, on its card.
 *
 * @param next the title of the agent that comes after it
 * @param cost what that costs, in a sentence
 */
public record ChainView(String next, boolean on, String cost) {

    /**
     * Returns those of all agents that another comes after, by name.
     *
     * @param on the agents that start the next one
     */
    static Map<String, ChainView> all(List<AgentCard> agents, Set<String> on, Map<String, ScheduleCost> costs) {
        Map<String, AgentCard> cards = agents.stream().collect(Collectors.toMap(AgentCard::name, Function.identity()));
        Map<String, ChainView> all = new HashMap<>();
        Chains.NEXT.forEach((agent, next) -> {
            AgentCard before = cards.get(agent);
            AgentCard after = cards.get(next);
            ScheduleCost cost = costs.get(next);
            if (before != null && after != null && cost != null) {
                all.put(agent, new ChainView(after.title(), on.contains(agent), cost(before, cost, inThirtyDays(agent, cards, on))));
            }
        });
        return all;
    }

    /** How often an agent ends in thirty days: by its own schedule, and started by the one before it. */
    private static double inThirtyDays(String agent, Map<String, AgentCard> cards, Set<String> on) {
        AgentCard card = cards.get(agent);
        double scheduled = card == null || !card.schedule().enabled() ? 0 : card.schedule().runsInThirtyDays();
        return scheduled + Chains.NEXT.entrySet().stream().filter(pair -> pair.getValue().equals(agent) && on.contains(pair.getKey()))
                .mapToDouble(pair -> inThirtyDays(pair.getKey(), cards, on)).sum();
    }

    private static String cost(AgentCard agent, ScheduleCost of, double starts) {
        AgentCard next = of.agent();
        RecentCost recent = Optional.ofNullable(of.recent()).filter(known -> known.runs() > 0).orElse(null);
        AgentRun last = next.lastRun();
        if (!next.makesCalls() || next.keyless()) {
            return "“" + next.title() + "” calls no service, so this costs nothing.";
        }
        if (recent == null && (last == null || !last.status().isOver())) {
            return "What this costs is known after the first run of “" + next.title() + "”.";
        }
        long each = recent != null ? recent.averageMicroUsd() : last == null ? 0 : last.costMicroUsd();
        String rests = recent == null || recent.runs() < 2 ? "by its last run" : "by its last " + Figures.count(recent.runs()) + " runs";
        if (each == 0) {
            return "Judging " + rests + ", this costs nothing.";
        }
        long month = Math.round(each * starts);
        return starts == 0 ? "Each start costs about " + Figures.money(each) + ", " + rests + ". “" + agent.title() + "” has no schedule."
                : "This costs about " + Figures.money(month) + " in 30 days, " + Figures.money(each) + " each time, " + rests
                        + (of.isBeyond(month) ? ", but " + of.beyond() : "") + ".";
    }
}
