package social.coral.web.agents;

import social.coral.agents.AgentCard;

/** How collecting is set up, and the steps that bring it on: what is missing, or the next run. */
public record Collecting(AgentCard agent) {

    public boolean lacksKey() {
        return !agent.missing().isEmpty();
    }

    public boolean lacksAccounts() {
        return agent.nothingToDo() != null;
    }

    public boolean isUnderWay() {
        return agent.lastRun() != null && !agent.lastRun().status().isOver();
    }

    public boolean isReady() {
        return agent.ready() && agent.broken().isEmpty() && !isUnderWay();
    }

    public String title() {
        return lacksKey() || lacksAccounts() ? "No posts are collected yet" : isUnderWay() ? "Collecting posts" : "Collect posts";
    }

    /** Returns what is missing, in a sentence; how it runs when nothing is. */
    public String detail() {
        if (lacksKey()) {
            return (lacksAccounts() ? "This takes accounts to listen to, and a bearer token for X." : "This takes a bearer token for X.")
                    + " Without a token you can try everything with the sandbox, a made-up network on this machine that costs nothing.";
        }
        return lacksAccounts() ? String.valueOf(agent.nothingToDo()) : agent.schedule().inWords() + ".";
    }
}
