package social.coral.web.logs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentLogs;
import social.coral.web.frame.Option;

/** Which entries of the log are shown; null for all. */
public record LogFilter(@Nullable String q, @Nullable String agent, @Nullable String level) {

    public static final List<Option> LEVELS = Option.list("info", "Info", "warning", "Warning", "error", "Error");

    AgentLogs.Filter wanted() {
        return new AgentLogs.Filter(blankToNull(agent), blankToNull(level), null, blankToNull(q));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
