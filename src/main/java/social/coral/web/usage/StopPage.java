package social.coral.web.usage;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.usage.Budgets;
import social.coral.usage.LimitWarnings;
import social.coral.web.frame.Figures;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** The switch that ends all calls, and the warnings that a person has seen. */
@Controller
@RequestMapping("/settings/usage")
final class StopPage {

    private static final String USAGE = "/settings/usage";

    private final Budgets budgets;
    private final BudgetRuns runs;
    private final LimitWarnings warnings;

    StopPage(Budgets budgets, BudgetRuns runs, LimitWarnings warnings) {
        this.budgets = budgets;
        this.runs = runs;
        this.warnings = warnings;
    }

    @GetMapping("/stop")
    ModelAndView ask() {
        return PageResult.page("usage/stop", runs.underWay());
    }

    @PostMapping("/stop")
    ModelAndView stop() {
        int underWay = runs.underWay();
        budgets.stop(true);
        return PageResult.seeOther(USAGE, Toast.done("All spending is stopped."
                + (underWay == 0 ? "" : " " + Figures.count(underWay, "run waits", "runs wait") + " at the next call.")));
    }

    /** The address of the switch, when it is loaded again. */
    @GetMapping("/resume")
    ModelAndView resumed() {
        return PageResult.seeOther(USAGE);
    }

    @PostMapping("/resume")
    ModelAndView resume() {
        int waiting = runs.waiting().size();
        budgets.stop(false);
        return PageResult.seeOther(USAGE, Toast.done("Spending is allowed again."
                + (waiting == 0 ? "" : " " + Figures.count(waiting, "run goes", "runs go") + " on.")));
    }

    @PostMapping("/warnings")
    ModelAndView see(@RequestParam String limit, @RequestParam(defaultValue = "") String agent, @RequestParam int percent) {
        warnings.see(limit, agent, percent);
        return PageResult.seeOther("/dashboard");
    }
}
