package social.coral.web.logs;

import java.util.List;
import java.util.Map;
import social.coral.web.frame.Address;
import social.coral.web.frame.Paging;

/**
 * The log: one page of the entries that the filter holds.
 *
 * @param agents the titles of those whose entries can be chosen, by their names in the log
 */
public record LogsView(
        List<LogRow> entries, Map<String, String> agents, String agent, String level, String words, boolean filtered, Paging paging) {

    static Address address(String agent, String level, String words) {
        return Address.of("/logs").with("agent", agent).with("level", level).with("q", words);
    }

    public String download() {
        return Address.of("/logs/download").with("agent", agent).with("level", level).with("q", words).toString();
    }
}
