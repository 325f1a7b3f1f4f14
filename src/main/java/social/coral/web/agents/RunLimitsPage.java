package social.coral.web.agents;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.AgentCard;
import social.coral.agents.Agents;
import social.coral.api.Failure;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** What may one run of an agent do at most? */
@Controller
@RequestMapping("/agents/{name}/limits")
final class RunLimitsPage {

    private final Agents agents;

    RunLimitsPage(Agents agents) {
        this.agents = agents;
    }

    @GetMapping
    ModelAndView limits(@PathVariable String name) {
        AgentCard agent = agents.get(name);
        return page(agent, Form.of(RunLimitsForm.of(agents.limits(name))));
    }

    @PostMapping
    ModelAndView save(@PathVariable String name, RunLimitsForm typed) {
        AgentCard agent = agents.get(name);
        try {
            agents.limits(name, typed.fields());
        } catch (Failure refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return PageResult.refused(page(agent, Form.of(typed).refused(refused)));
        }
        return PageResult.seeOther("/agents", Toast.done("The limits of “" + agent.title() + "” are saved. They apply from the next run on."));
    }

    private static ModelAndView page(AgentCard agent, Form fields) {
        return PageResult.page("agents/limits").addObject("agent", agent).addObject("fields", fields);
    }
}
