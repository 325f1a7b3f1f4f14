package social.coral.web.logs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentLogs;
import social.coral.web.frame.Option;

/** Which entries of the log are shown; null for all. */
public record LogFilter(@Nullable String q, @Nullable String agent, @Nullable String level) {

    public static final List<Option> LEVELS = Option.list("info", "Info", "warning", "Warning", "error", "Error");

    AgentLogs.Filter wanted(List<Option> agents) {
        return new AgentLogs.Filter(emptyToNull(Option.chosen("agent", agent, agents)), emptyToNull(Option.chosen("level", level, LEVELS)), null, q);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
