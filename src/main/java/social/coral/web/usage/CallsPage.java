package social.coral.web.usage;

import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.AgentCard;
import social.coral.agents.Agents;
import social.coral.api.Page;
import social.coral.usage.Calls;
import social.coral.usage.PriceList;
import social.coral.web.frame.Listing;
import social.coral.web.frame.Option;
import social.coral.web.frame.PageResult;

/** Which calls were made, for what, and what did each cost? */
@Controller
final class CallsPage {

    private final Calls calls;
    private final Agents agents;
    private final List<Option> services;

    CallsPage(Calls calls, Agents agents, PriceList prices) {
        this.calls = calls;
        this.agents = agents;
        this.services = prices.services().stream().map(service -> new Option(service, UsageWords.service(service))).toList();
    }

    @GetMapping("/settings/usage/calls")
    ModelAndView list(CallFilter filter, Page page) {
        List<Option> makers = agents.list().stream().filter(agent -> agent.makesCalls())
                .map((AgentCard agent) -> new Option(agent.name(), agent.title())).toList();
        return PageResult.list("usage/calls", Listing.of("/settings/usage/calls", filter, page,
                        usable -> calls.list(usable.wanted(services, makers), page),
                        usable -> calls.count(usable.wanted(services, makers), page.countLimit())))
                .addObject("services", services)
                .addObject("agents", makers)
                .addObject("titles", agents.titles());
    }
}
