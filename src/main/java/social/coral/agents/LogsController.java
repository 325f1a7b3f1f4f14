package social.coral.agents;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Choice;
import social.coral.api.Page;

@RestController
class LogsController {

    private static final List<String> LEVELS = List.of("info", "warning", "error");

    record LogList(List<AgentLogs.Entry> logs) {}

    private final AgentLogs logs;
    private final Agents agents;

    LogsController(AgentLogs logs, Agents agents) {
        this.logs = logs;
        this.agents = agents;
    }

    @GetMapping("/api/logs")
    @Operation(summary = "Lists what agents did, the newest first")
    LogList list(
            @RequestParam(required = false) @Nullable String agent,
            @RequestParam(name = "level", required = false) @Nullable String asked,
            @RequestParam(name = "run_id", required = false) @Nullable UUID run,
            @RequestParam(name = "q", required = false) @Nullable String text,
            Page page) {
        String level = asked == null ? null : Choice.of("level", "level", asked, LEVELS);
        return new LogList(logs.list(new AgentLogs.Filter(agents.known(agent), level, run, text), page));
    }
}
