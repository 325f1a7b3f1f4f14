package social.coral.agents;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;
import social.coral.api.Page;

@RestController
@RequestMapping("/api/runs")
class RunsController {

    record RunList(List<AgentRun> runs) {}

    record OneRun(AgentRun run) {}

    record OneStep(AgentRun.RunStep step, StepMaterial material) {}

    private final Runs runs;
    private final Agents agents;

    RunsController(Runs runs, Agents agents) {
        this.runs = runs;
        this.agents = agents;
    }

    @GetMapping
    @Operation(summary = "Lists runs, the newest first")
    RunList list(
            @RequestParam(required = false) @Nullable String agent, @RequestParam(required = false) @Nullable String status, Page page) {
        return new RunList(runs.list(agents.known(agent), status == null ? null : RunStatus.named(status), page));
    }

    @GetMapping("/{id}")
    @Operation(summary = "One run with its steps")
    OneRun get(@PathVariable UUID id) {
        return new OneRun(runs.find(id).orElseThrow(Failure::notFound));
    }

    @GetMapping("/{id}/steps/{number}")
    @Operation(summary = "What went into a step and what came out of it", description = "`number` is the place of the step in the run, from 1. Texts that were"
            + " too long to keep are cut, with `cut` true.")
    OneStep step(@PathVariable UUID id, @PathVariable int number) {
        List<AgentRun.RunStep> steps = runs.find(id).orElseThrow(Failure::notFound).steps();
        if (number < 1 || number > steps.size()) {
            throw Failure.notFound();
        }
        int place = number - 1;
        return new OneStep(steps.get(place), runs.material(id, place, place).getOrDefault(place, StepMaterial.NONE));
    }

    @PostMapping("/{id}/cancel")
    @Operation(summary = "Ends a run, at its next step when a worker has it")
    OneRun cancel(@PathVariable UUID id) {
        return new OneRun(runs.cancel(id));
    }

    @PostMapping("/{id}/retry")
    @Operation(summary = "Queues an ended run again; what succeeded stays done")
    OneRun retry(@PathVariable UUID id) {
        return new OneRun(runs.retry(id));
    }
}
