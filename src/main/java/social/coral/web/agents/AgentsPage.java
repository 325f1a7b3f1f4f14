package social.coral.web.agents;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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
import social.coral.agents.Chains;
import social.coral.agents.RecentCosts;
import social.coral.agents.Schedule;
import social.coral.api.Failure;
import social.coral.usage.PlanLimits;
import social.coral.usage.Standings;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;
import social.coral.web.frame.LocalPath;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;
import social.coral.web.frame.Visitor;
import social.coral.web.usage.PausedByPlan;

/** Who works for me, what does it cost? */
@Controller
@RequestMapping("/agents")
final class AgentsPage {

    private final Agents agents;
    private final Chains chains;
    private final RecentCosts costs;
    private final Standings standings;
    private final Visitor visitor;
    private final PlanLimits plan;

    AgentsPage(Agents agents, Chains chains, RecentCosts costs, Standings standings, Visitor visitor, PlanLimits plan) {
        this.agents = agents;
        this.chains = chains;
        this.costs = costs;
        this.standings = standings;
        this.visitor = visitor;
        this.plan = plan;
    }

    @GetMapping
    ModelAndView list() {
        List<AgentCard> all = agents.list();
        long scheduled = all.stream().filter(agent -> agent.schedule().enabled()).count();
        boolean leaving = visitor.profile().erasureDueAt() != null;
        long stopped = all.stream().filter(agent -> agent.schedule().enabled() && (leaving || !Missing.of(agent).isEmpty())).count();
        Set<String> on = chains.on();
        Map<String, String> after = after(on);
        long chained = all.stream().filter(agent -> !agent.schedule().enabled() && after.containsKey(agent.name())).count();
        Map<String, ScheduleCost> costs = all.stream().collect(Collectors.toMap(AgentCard::name, this::cost));
        return PageResult.page("agents/list")
                .addObject("agents", all)
                .addObject("collecting", new Collecting(agents.get(Agents.COLLECTING)))
                .addObject("costs", costs)
                .addObject("limits", agents.limits())
                .addObject("after", after)
                .addObject("chains", ChainView.all(all, on, costs))
                .addObject("pausedByPlan", PausedByPlan.schedules(plan.current(), agents.titles()).orElse(null))
                .addObject("lead", Figures.count(all.size(), "agent", "agents") + " · " + Figures.count(scheduled) + " scheduled"
                        + (stopped == 0 ? "" : stopped == scheduled ? ", stopped for now" : ", " + Figures.count(stopped) + " of them stopped for now")
                        + (chained == 0 ? "" : " · " + Figures.count(chained) + " after another"));
    }

    /** The titles of the agents that start these ones, by the names of these. */
    private Map<String, String> after(Set<String> on) {
        return on.stream().filter(Chains.NEXT::containsKey).collect(Collectors.toMap(Chains.NEXT::get, agents::title));
    }

    /**
     * Starts a run and leads to its page. What it lacks is said on the page that it was started from.
     *
     * @param subject the one thing to work on; null for whatever there is to do
     * @param dry whether only to show what the run would do
     */
    @PostMapping("/{name}/run")
    ModelAndView run(@PathVariable String name, @RequestParam(required = false) @Nullable UUID subject,
            @RequestParam(name = "dry_run", defaultValue = "false") boolean dry, @RequestParam(defaultValue = "") String back) {
        try {
            return PageResult.seeOther("/runs/" + (dry ? agents.show(name, subject) : agents.run(name, subject)).id());
        } catch (Failure failure) {
            Object underWay = failure.details().get("run_id");
            if (underWay != null) {
                return PageResult.seeOther("/runs/" + underWay, Toast.done("This agent is already running. Here is the run."));
            }
            return PageResult.seeOther(LocalPath.or(back, "/agents"), Toast.problem(failure.sentence()));
        }
    }

    /** Lets an agent start the next one when it is done, or not any more. */
    @PostMapping("/{name}/chain")
    ModelAndView chain(@PathVariable String name, @RequestParam boolean enabled) {
        chains.set(name, enabled);
        return PageResult.seeOther("/agents", Toast.done("“" + agents.title(name) + "” " + (enabled ? "now" : "no longer") + " starts “"
                + agents.title(chains.of(name).next()) + "” when it is done."));
    }

    @GetMapping("/{name}/schedule")
    ModelAndView schedule(@PathVariable String name) {
        AgentCard agent = agents.get(name);
        ScheduleForm form = ScheduleForm.of(agent.schedule());
        return PageResult.page("agents/schedule", view(agent, form, Form.of(form), null, null));
    }

    @PostMapping("/{name}/schedule")
    ModelAndView save(@PathVariable String name, ScheduleForm form) {
        AgentCard agent = agents.get(name);
        try {
            Schedule chosen = form.schedule(agent.schedule());
            ScheduleCost cost = cost(agent);
            if (cost.isBeyond(chosen) && !form.agreesTo(chosen)) {
                return PageResult.refused("agents/schedule", view(agent, form, Form.of(form), null, chosen));
            }
            Schedule saved = agents.schedule(name, chosen, form.version());
            String sum = cost.words(saved);
            return PageResult.seeOther("/agents", Toast.done(whenItRuns(agent, saved) + (sum.isEmpty() ? "" : " By its last runs, that costs " + sum + ".")));
        } catch (Failure refused) {
            if (refused.code().equals("changed_meanwhile")) {
                return changedMeanwhile(agents.get(name), form);
            }
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return PageResult.refused("agents/schedule", view(agent, form, Form.of(form).refused(refused), null, null));
        }
    }

    private ModelAndView changedMeanwhile(AgentCard now, ScheduleForm typed) {
        Schedule schedule = now.schedule();
        List<ConcurrentEdit.Stored> stored = List.of(
                ConcurrentEdit.Stored.of("Schedule", schedule.inWords()), ConcurrentEdit.Stored.of("Time zone", schedule.timeZone().getId()));
        ConcurrentEdit meanwhile = ConcurrentEdit.of(stored, List.of("", Form.of(typed).value("time_zone")), "/agents");
        return PageResult.refused("agents/schedule",
                view(now, typed, Form.of(typed).with(ConcurrentEdit.SEEN, schedule.version()), meanwhile, null));
    }

    private ScheduleView view(AgentCard agent, ScheduleForm form, Form fields, @Nullable ConcurrentEdit meanwhile, @Nullable Schedule beyond) {
        return new ScheduleView(agent, form, fields, cost(agent), meanwhile, beyond);
    }

    private ScheduleCost cost(AgentCard agent) {
        return ScheduleCost.of(agent, costs.of(agent).orElse(null), standings.now());
    }

    /** Says when it runs from now on, such as "Collect posts runs every 5 minutes." */
    private static String whenItRuns(AgentCard agent, Schedule saved) {
        String words = saved.inWords();
        return agent.title() + (words.matches("(Runs|Every|Daily) .*")
                ? (saved.enabled() ? " runs " : " ") + words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1)
                : " runs on " + words) + ".";
    }
}
