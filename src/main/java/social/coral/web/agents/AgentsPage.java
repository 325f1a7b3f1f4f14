package social.coral.web.agents;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.AgentCard;
import social.coral.agents.Agents;
import social.coral.agents.Schedule;
import social.coral.api.Failure;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Who works for me, what does it cost? */
@Controller
@RequestMapping("/agents")
final class AgentsPage {

    private final Agents agents;

    AgentsPage(Agents agents) {
        this.agents = agents;
    }

    @GetMapping
    ModelAndView list() {
        return PageResult.page("agents/list", new AgentsView(agents.list()));
    }

    /** Starts a run and leads to its page; what it lacks is told on the page of agents. */
    @PostMapping("/{name}/run")
    ModelAndView run(@PathVariable String name) {
        try {
            return PageResult.seeOther("/runs/" + agents.run(name).id());
        } catch (Failure failure) {
            Object underWay = failure.details().get("run_id");
            if (underWay != null) {
                return PageResult.seeOther("/runs/" + underWay, Toast.done("This agent is already running. Here is the run."));
            }
            return PageResult.seeOther("/agents", Toast.problem(failure.sentence()));
        }
    }

    @GetMapping("/{name}/schedule")
    ModelAndView schedule(@PathVariable String name) {
        AgentCard agent = agents.get(name);
        return PageResult.page("agents/schedule", new ScheduleView(agent, ScheduleForm.of(agent.schedule())));
    }

    @PostMapping("/{name}/schedule")
    ModelAndView save(
            @PathVariable String name,
            @RequestParam(defaultValue = "never") String mode,
            @RequestParam(defaultValue = "") String every,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(name = "day", required = false) @Nullable List<String> days,
            @RequestParam(name = "time_zone", defaultValue = "") String timeZone) {
        ScheduleForm form = new ScheduleForm(mode, every, at, days == null ? List.of() : days, timeZone, Form.empty());
        try {
            Schedule schedule = agents.schedule(name, form.schedule(agents.get(name).schedule()));
            return PageResult.seeOther("/agents", Toast.done(agents.get(name).title() + ": " + schedule.inWords() + "."));
        } catch (Failure refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return PageResult.refused("agents/schedule", new ScheduleView(agents.get(name), form.refused(refused)));
        }
    }
}
