package social.coral.web.agents;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.AgentCard;
import social.coral.agents.Agents;
import social.coral.agents.Runs;
import social.coral.agents.Schedule;
import social.coral.api.Failure;
import social.coral.usage.PlanLimits;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;
import social.coral.web.frame.Visitor;
import social.coral.web.usage.HeldBack;

/** Who works for me, what does it cost? */
@Controller
@RequestMapping("/agents")
final class AgentsPage {

    private final Agents agents;
    private final Runs runs;
    private final Visitor visitor;
    private final PlanLimits plan;

    AgentsPage(Agents agents, Runs runs, Visitor visitor, PlanLimits plan) {
        this.agents = agents;
        this.runs = runs;
        this.visitor = visitor;
        this.plan = plan;
    }

    @GetMapping
    ModelAndView list() {
        List<AgentCard> all = agents.list();
        long scheduled = all.stream().filter(agent -> agent.schedule().enabled()).count();
        boolean leaving = visitor.profile().erasureDueAt() != null;
        long stopped = all.stream().filter(agent -> agent.schedule().enabled() && (leaving || !Missing.of(agent).isEmpty())).count();
        return PageResult.page("agents/list")
                .addObject("agents", all)
                .addObject("heldBack", HeldBack.schedules(plan.current(), agents.titles()).orElse(null))
                .addObject("lead", Figures.count(all.size(), "agent", "agents") + " · " + Figures.count(scheduled) + " scheduled"
                        + (stopped == 0 ? "" : stopped == scheduled ? ", stopped for now" : ", " + Figures.count(stopped) + " of them stopped for now"));
    }

    /** Starts a run and leads to its page. What it lacks is said on the page that it was started from. */
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
        ScheduleForm form = ScheduleForm.of(agent.schedule());
        return PageResult.page("agents/schedule", view(agent, form, Form.of(form), null));
    }

    @PostMapping("/{name}/schedule")
    ModelAndView save(@PathVariable String name, ScheduleForm form) {
        AgentCard agent = agents.get(name);
        try {
            Schedule saved = agents.schedule(name, form.schedule(agent.schedule()), form.version());
            return PageResult.seeOther("/agents", Toast.done(told(agent, saved) + cost(agent, saved)));
        } catch (Failure refused) {
            if (refused.code().equals("changed_meanwhile")) {
                return changedMeanwhile(agents.get(name), form);
            }
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return PageResult.refused("agents/schedule", view(agent, form, Form.of(form).refused(refused), null));
        }
    }

    private ModelAndView changedMeanwhile(AgentCard now, ScheduleForm typed) {
        Schedule schedule = now.schedule();
        List<ConcurrentEdit.Stored> stored = List.of(
                ConcurrentEdit.Stored.of("Schedule", schedule.inWords()), ConcurrentEdit.Stored.of("Time zone", schedule.timeZone().getId()));
        ConcurrentEdit meanwhile = ConcurrentEdit.of(stored, List.of("", Form.of(typed).value("time_zone")), "/agents");
        return PageResult.refused("agents/schedule",
                view(now, typed, Form.of(typed).with(ConcurrentEdit.SEEN, schedule.version()), meanwhile));
    }

    private ScheduleView view(AgentCard agent, ScheduleForm form, Form fields, @Nullable ConcurrentEdit meanwhile) {
        return new ScheduleView(agent, form, fields, runs.recentCost(agent).orElse(null), meanwhile);
    }

    /** Says when it runs from now on, such as "Collect posts runs every 5 minutes." */
    private static String told(AgentCard agent, Schedule saved) {
        String words = saved.inWords();
        return agent.title() + (words.matches("(Runs|Every|Daily) .*")
                ? (saved.enabled() ? " runs " : " ") + words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1)
                : " runs on " + words) + ".";
    }

    private String cost(AgentCard agent, Schedule schedule) {
        return runs.recentCost(agent)
                .map(cost -> cost.inThirtyDays(schedule))
                .filter(sum -> sum > 0)
                .map(sum -> " At what the last runs cost, that is about " + Figures.money(sum) + " in 30 days.")
                .orElse("");
    }
}
