package social.coral.web.logs;

import java.util.List;
import java.util.Map;
import social.coral.agents.AgentLogs;

/**
 * An entry of the log as a page shows it.
 *
 * @param who the title of the agent that acted
 */
public record LogRow(AgentLogs.Entry entry, String who) {

    /** The entries, with the titles that {@code Agents.titles} gives. */
    public static List<LogRow> of(List<AgentLogs.Entry> entries, Map<String, String> titles) {
        return entries.stream().map(entry -> new LogRow(entry, titles.getOrDefault(entry.agentName(), entry.agentName()))).toList();
    }
}
