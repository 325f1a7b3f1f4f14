package social.coral.web.logs;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.AgentLogs;
import social.coral.agents.Agents;
import social.coral.api.CsvFile;
import social.coral.api.Page;
import social.coral.web.frame.Download;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Paging;

/** What happened? The newest first, filtered, and as a file. */
@Controller
@RequestMapping("/logs")
final class LogsPage {

    private final AgentLogs logs;
    private final Agents agents;

    LogsPage(AgentLogs logs, Agents agents) {
        this.logs = logs;
        this.agents = agents;
    }

    @GetMapping
    ModelAndView list(
            Page page,
            @RequestParam(defaultValue = "") String agent,
            @RequestParam(defaultValue = "") String level,
            @RequestParam(name = "q", defaultValue = "") String words) {
        AgentLogs.Filter filter = filter(agent, level, words);
        List<AgentLogs.Entry> entries = logs.list(filter, page);
        Paging paging = new Paging(LogsView.address(agent, level, words), page, entries.size(), logs.count(filter, page.counted()));
        Map<String, String> titles = agents.titles();
        boolean filtered = !(agent + level + words).isBlank();
        return PageResult.list("logs/list", new LogsView(LogRow.of(entries, titles), titles, agent, level, words, filtered, paging), paging);
    }

    /** All of the filtered log as CSV, written page by page. */
    @GetMapping("/download")
    void download(
            @RequestParam(defaultValue = "") String agent,
            @RequestParam(defaultValue = "") String level,
            @RequestParam(name = "q", defaultValue = "") String words,
            HttpServletResponse response) throws IOException {
        AgentLogs.Filter filter = filter(agent, level, words);
        Map<String, String> titles = agents.titles();
        try (CsvFile csv = Download.csv(response, "coral-log.csv", "time", "who", "level", "action", "details", "run_id")) {
            AgentLogs.Entry last = null;
            while (true) {
                List<AgentLogs.Entry> entries = logs.after(last, filter, Page.MAX_LIMIT);
                for (LogRow row : LogRow.of(entries, titles)) {
                    AgentLogs.Entry entry = row.entry();
                    csv.row(entry.createdAt(), row.who(), entry.level(), entry.action(), entry.details(), entry.runId());
                }
                if (entries.size() < Page.MAX_LIMIT) {
                    return;
                }
                last = entries.getLast();
            }
        }
    }

    private static AgentLogs.Filter filter(String agent, String level, String words) {
        return new AgentLogs.Filter(blankToNull(agent), blankToNull(level), null, blankToNull(words));
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
