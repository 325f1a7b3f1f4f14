package social.coral.agents;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;
import social.coral.api.TimeZones;

@RestController
@RequestMapping("/api/agents")
class AgentsController {

    record AgentList(List<AgentCard> agents) {}

    record OneRun(AgentRun run) {}

    record OneSchedule(Schedule schedule) {}

    record ScheduleInput(
            @Nullable Boolean enabled,
            @Nullable String every,
            @Nullable List<String> at,
            @Nullable List<String> days,
            @Nullable String timeZone) {}

    private final Agents agents;

    AgentsController(Agents agents) {
        this.agents = agents;
    }

    @GetMapping
    @Operation(summary = "Lists the agents, what each needs and lacks, and how it went last")
    AgentList list() {
        return new AgentList(agents.list());
    }

    @PostMapping("/{name}/run")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Queues a run", description =
            "A run that waits is woken. What it lacks is 409 missing_keys or nothing_to_do; a run that is queued or running is 409 already_running.")
    OneRun run(@PathVariable String name) {
        return new OneRun(agents.run(name));
    }

    @GetMapping("/{name}/schedule")
    @Operation(summary = "When the agent works by itself")
    OneSchedule schedule(@PathVariable String name) {
        return new OneSchedule(agents.get(name).schedule());
    }

    @PutMapping("/{name}/schedule")
    @Operation(summary = "Sets when the agent works by itself", description = "Either every (PT5M to P7D) or at (times of day in time_zone), on days or, without them, on all.")
    OneSchedule schedule(@PathVariable String name, @RequestBody ScheduleInput input) {
        if (input.enabled() == null) {
            throw Failure.invalid("enabled", "\"enabled\" must be true or false.");
        }
        if (input.timeZone() == null) {
            throw Failure.invalid("time_zone", TimeZones.EXPECTED);
        }
        return new OneSchedule(agents.schedule(
                name, Schedule.of(input.enabled(), input.every(), input.at(), input.days(), input.timeZone())));
    }
}
