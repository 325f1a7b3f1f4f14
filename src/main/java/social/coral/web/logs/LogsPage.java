package social.coral.web.logs;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.AgentLogs;
import social.coral.agents.Agents;
import social.coral.api.Page;
import social.coral.web.frame.Download;
import social.coral.web.frame.Listing;
import social.coral.web.frame.Option;
import social.coral.web.frame.PageResult;

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
    ModelAndView list(LogFilter filter, Page page) {
        Map<String, String> titles = agents.titles();
        List<Option> options = Option.list(titles);
        return PageResult.list("logs/list", Listing.of("/logs", filter, page, usable -> LogRow.of(logs.list(usable.wanted(options), page), titles),
                        usable -> logs.count(usable.wanted(options), page.countLimit())))
                .addObject("agents", options);
    }

    @GetMapping("/download")
    void download(LogFilter filter, HttpServletResponse response) throws IOException {
        Map<String, String> titles = agents.titles();
        AgentLogs.Filter wanted = filter.wanted(Option.list(titles));
        Download.<AgentLogs.Entry>csv(response, "coral-log.csv", List.of("time", "who", "level", "action", "details", "run_id"),
                last -> logs.after(last, wanted, Page.MAX_LIMIT),
                entry -> new Object[] {entry.createdAt(), titles.getOrDefault(entry.agentName(), entry.agentName()),
                    entry.level(), entry.action(), entry.details(), entry.runId()});
    }
}
