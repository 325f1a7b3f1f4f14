package social.coral.agents;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;
import social.coral.api.TimeZones;
import social.coral.usage.AgentBudget;
import social.coral.usage.Budgets;

@RestController
@RequestMapping("/api/agents")
class AgentsController {

    record AgentList(List<AgentCard> agents) {}

    record OneRun(AgentRun run) {}

    record RunInput(@Schema(description = "What to work on alone: a topic for research and blog posts, a topic or a blog post for threads. Null for whatever there is to do")
            @Nullable UUID subject,
            @Schema(description = "Whether only to show what the run would do and cost: no service is called and nothing is written") @Nullable Boolean dryRun) {}

    record OneSchedule(Schedule schedule) {}

    record ScheduleInput(
            @Nullable Boolean enabled,
            @Nullable String every,
            @Nullable List<String> at,
            @Nullable List<String> days,
            @Nullable String timeZone) {}

    record OneSettings(AgentSettings settings) {}

    /** Describes the request body in the API's documentation. */
    record SettingsChange(@Schema(allowableValues = {"openai", "anthropic", "perplexity"}) @Nullable String provider, @Nullable String model,
            @Nullable BigDecimal temperature, @Nullable Integer maxOutputTokens) {}

    record OneLimits(RunLimits limits, RunLimits defaults) {}

    /** An agent's limits, in millionths of a US dollar; null for none. */
    record Limits(@Nullable Long monthMicroUsd, @Nullable Long runMicroUsd) {}

    record OneBudget(Limits budget) {}

    record OneChain(Chains.Chain chain) {}

    record ChainInput(@Nullable Boolean enabled, @Schema(description = "The agent that comes after this one, if given") @Nullable String next) {}

    private final Agents agents;
    private final Chains chains;
    private final Budgets budgets;

    AgentsController(Agents agents, Chains chains, Budgets budgets) {
        this.agents = agents;
        this.chains = chains;
        this.budgets = budgets;
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
    OneRun run(@PathVariable String name, @RequestBody(required = false) @Nullable RunInput input) {
        UUID subject = input == null ? null : input.subject();
        return new OneRun(input != null && Boolean.TRUE.equals(input.dryRun()) ? agents.show(name, subject) : agents.run(name, subject));
    }

    @GetMapping("/{name}/settings")
    @Operation(summary = "Which language model the agent uses, and how", description =
            "A null is the default. `not_taken` names parameters that the model was found not to take; they are left out of its calls.")
    OneSettings settings(@PathVariable String name) {
        return new OneSettings(agents.settings(name));
    }

    /** Reads the body as a map, because an absent field and a null mean different things. */
    @PatchMapping("/{name}/settings")
    @Operation(summary = "Changes which language model the agent uses, and how",
            description = "Takes any of the fields; a null sets the default again. Another `provider` without a `model` takes that provider's default model.",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
                    required = true, content = @Content(schema = @Schema(implementation = SettingsChange.class))))
    OneSettings settings(@PathVariable String name, @RequestBody Map<String, @Nullable Object> fields) {
        return new OneSettings(agents.settings(name, fields));
    }

    @GetMapping("/{name}/limits")
    @Operation(summary = "What one run of the agent may do at most",
            description = "A null is the default, which `defaults` has. A run that reaches a limit ends as failed, keeps what it finished, and can be retried.")
    OneLimits limits(@PathVariable String name) {
        return new OneLimits(agents.limits(name), RunLimits.DEFAULT);
    }

    /** Reads the body as a map, because an absent field and a null mean different things. */
    @PatchMapping("/{name}/limits")
    @Operation(summary = "Changes what one run of the agent may do at most", description = "Takes any of the fields; a null sets the default again. Only `x-reply` has `hours_apart`, and only `blog-to-tweet` has `parts`.",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
                    required = true, content = @Content(schema = @Schema(implementation = RunLimits.class))))
    OneLimits limits(@PathVariable String name, @RequestBody Map<String, @Nullable Object> fields) {
        return new OneLimits(agents.limits(name, fields), RunLimits.DEFAULT);
    }

    @GetMapping("/{name}/budget")
    @Operation(summary = "What the agent may spend in a month and in one run")
    OneBudget budget(@PathVariable String name) {
        AgentBudget budget = budgets.agent(agents.get(name).name());
        return new OneBudget(new Limits(budget.monthMicroUsd(), budget.runMicroUsd()));
    }

    @PutMapping("/{name}/budget")
    @Operation(summary = "Sets what the agent may spend",
            description = "In millionths of a US dollar; null or absent is no limit of the agent's own. Your limits and the plan's apply beside it.")
    OneBudget budget(@PathVariable String name, @RequestBody Limits limits) {
        budgets.limit(new AgentBudget(agents.get(name).name(), limits.monthMicroUsd(), limits.runMicroUsd()));
        return budget(name);
    }

    @GetMapping("/{name}/chain")
    @Operation(summary = "Whether the agent starts the next one when it is done", description = "404 for an agent that none comes after.")
    OneChain chain(@PathVariable String name) {
        return new OneChain(chains.of(name));
    }

    @PutMapping("/{name}/chain")
    @Operation(summary = "Sets whether the agent starts the next one when it is done",
            description = "It starts it at the end of each run that succeeded. What is set by then counts.")
    OneChain chain(@PathVariable String name, @RequestBody ChainInput input) {
        if (input.enabled() == null) {
            throw Failure.invalid("enabled", "\"enabled\" must be true or false.");
        }
        if (input.next() != null && !input.next().equals(chains.of(name).next())) {
            throw Failure.invalid("next", "Only \"" + chains.of(name).next() + "\" comes after this agent.");
        }
        chains.set(name, input.enabled());
        return chain(name);
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
