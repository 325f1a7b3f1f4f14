package social.coral.web.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import social.coral.content.ApprovalRule;
import social.coral.content.TextKind;
import social.coral.web.frame.Figures;

/** An approval rule in words. */
public record RuleView(ApprovalRule rule, Map<String, String> agents) {

    /** Says what it approves, in one sentence. */
    public String sentence() {
        String agent = rule.agent();
        List<String> limits = new ArrayList<>();
        if (rule.minScore() != null) {
            limits.add("whose critique gave each criterion at least " + rule.minScore() + " of 100");
        }
        if (rule.maxParts() != null) {
            limits.add("that has at most " + Figures.count(rule.maxParts(), "part", "parts"));
        }
        if (rule.maxCharacters() != null) {
            limits.add("that has at most " + Figures.count(rule.maxCharacters(), "character", "characters"));
        }
        limits.add(rule.links() ? "that links to nothing but its sources" : "that has no link");
        return "Approves " + (agent == null ? "any agent’s " + rule.kind().noun() : "each " + rule.kind().noun() + " of the agent “"
                + agents.getOrDefault(agent, agent) + "”") + " " + joined(limits) + ".";
    }

    private static String joined(List<String> limits) {
        return limits.size() == 1 ? limits.getFirst() : String.join(", ", limits.subList(0, limits.size() - 1)) + " and " + limits.getLast();
    }

    /** What the rule can be about, by the value that is sent. */
    public static String kind(TextKind kind) {
        return switch (kind) {
            case BLOG -> "Blog posts";
            case THREAD -> "Threads";
            case REPLY -> "Replies";
            case TWEET -> "Single posts";
        };
    }
}
