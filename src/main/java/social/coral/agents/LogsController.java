package social.coral.agents;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;
import social.coral.api.Page;

@RestController
class LogsController {

    private static final Set<String> LEVELS = Set.of("info", "warning", "error");

    record LogList(List<AgentLogs.Entry> logs) {}

    private final AgentLogs logs;

    LogsController(AgentLogs logs) {
        this.logs = logs;
    }

    @GetMapping("/api/logs")
    @Operation(summary = "Lists what agents did, the newest first")
    LogList list(
            @RequestParam(required = false) @Nullable String agent,
            @RequestParam(required = false) @Nullable String level,
            @RequestParam(name = "run_id", required = false) @Nullable UUID run,
            @RequestParam(name = "q", required = false) @Nullable String text,
            Page page) {
        if (level != null && !LEVELS.contains(level)) {
            throw Failure.invalid("level", "The level must be one of info, warning, error.");
        }
        return new LogList(logs.list(new AgentLogs.Filter(agent, level, run, text), page));
    }
}
