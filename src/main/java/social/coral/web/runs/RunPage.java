package social.coral.web.runs;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.AgentLogs;
import social.coral.agents.AgentRun;
import social.coral.agents.Agents;
import social.coral.agents.Runs;
import social.coral.agents.StepMaterial;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.web.frame.Figures;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;
import social.coral.web.logs.LogRow;

/** What is it doing, what did it do? Asks for itself again while the run is under way. */
@Controller
@RequestMapping("/runs/{id}")
final class RunPage {

    private static final int LATEST = 10;

    private final Runs runs;
    private final Agents agents;
    private final AgentLogs logs;

    RunPage(Runs runs, Agents agents, AgentLogs logs) {
        this.runs = runs;
        this.agents = agents;
        this.logs = logs;
    }

    /**
     * Shows the run.
     *
     * @param step the number of a step, from 1, whose material is shown although it is behind those that the page has room for
     */
    @GetMapping
    ModelAndView show(@PathVariable UUID id, @RequestParam(required = false) @Nullable Integer step) {
        AgentRun run = runs.find(id).orElseThrow(Failure::notFound);
        Map<Integer, StepMaterial> material = runs.material(id, 0, Runs.MAX_MATERIAL - 1);
        Integer open = step == null ? null : step - 1;
        if (open != null && open >= Runs.MAX_MATERIAL) {
            material.putAll(runs.material(id, open, open));
        }
        return PageResult.page("runs/show", new RunView(
                run,
                agents.title(run.agent()),
                material,
                open,
                runs.list(run.agent(), null, new Page(LATEST, 0)),
                LogRow.of(logs.list(new AgentLogs.Filter(null, null, id, null), new Page(Page.MAX_LIMIT, 0)), agents.titles())));
    }

    @PostMapping("/cancel")
    ModelAndView cancel(@PathVariable UUID id) {
        return after(id, () -> {
            boolean over = runs.cancel(id).status().isOver();
            return Toast.done(over ? "Cancelled." : "It will stop in a moment.");
        });
    }

    @PostMapping("/retry")
    ModelAndView retry(@PathVariable UUID id) {
        return after(id, () -> {
            int failed = runs.find(id).orElseThrow(Failure::notFound).failedSteps().size();
            runs.retry(id);
            return Toast.done(failed == 0 ? "Continuing the run." : "Retrying " + Figures.count(failed, "failed step", "failed steps") + ".");
        });
    }

    private static ModelAndView after(UUID id, java.util.function.Supplier<Toast> action) {
        try {
            return PageResult.seeOther("/runs/" + id, action.get());
        } catch (Failure failure) {
            if (failure.code().equals("not_found")) {
                throw failure;
            }
            return PageResult.seeOther("/runs/" + id, Toast.problem(failure.sentence()));
        }
    }
}
