package social.coral.web.usage;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.usage.AgentBudget;
import social.coral.usage.Budget;
import social.coral.usage.Budgets;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** What may be spent in a month and in a day, and by each agent in a month and in a run. An empty field is no limit. */
@Controller
@RequestMapping("/settings/usage/limits")
final class LimitsPage {

    private static final Pattern USD = Pattern.compile("\\$?(\\d{1,7}(?:\\.\\d{1,6})?)");
    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);
    private static final String WRONG = "Enter an amount in US dollars from 0 to 1,000,000, such as 12.50, or leave it empty for no limit.";

    private final Budgets budgets;
    private final Agents agents;

    LimitsPage(Budgets budgets, Agents agents) {
        this.budgets = budgets;
        this.agents = agents;
    }

    @GetMapping
    ModelAndView show() {
        Budget budget = budgets.current();
        Form form = Form.empty().with("month", usd(budget.monthMicroUsd())).with("day", usd(budget.dayMicroUsd()));
        for (AgentBudget agent : budgets.agents()) {
            form = form.with("month-" + agent.agent(), usd(agent.monthMicroUsd())).with("run-" + agent.agent(), usd(agent.runMicroUsd()));
        }
        return PageResult.page("usage/limits").addObject("form", form).addObject("agents", named());
    }

    @PostMapping
    ModelAndView save(@RequestParam Map<String, String> sent) {
        Map<String, String> wrong = new LinkedHashMap<>();
        Long month = microUsd("month", sent, wrong);
        Long day = microUsd("day", sent, wrong);
        List<AgentBudget> changed = new ArrayList<>();
        for (String agent : named().keySet()) {
            changed.add(new AgentBudget(agent, microUsd("month-" + agent, sent, wrong), microUsd("run-" + agent, sent, wrong)));
        }
        if (!wrong.isEmpty()) {
            Form form = Form.empty();
            for (Map.Entry<String, String> field : sent.entrySet()) {
                form = form.with(field.getKey(), field.getValue());
            }
            for (Map.Entry<String, String> field : wrong.entrySet()) {
                form = form.refused(field.getKey(), field.getValue());
            }
            return PageResult.refused(PageResult.page("usage/limits").addObject("form", form).addObject("agents", named()));
        }
        budgets.limit(month, day, changed);
        return PageResult.seeOther("/settings/usage", Toast.done("Limits saved. They apply from the next call."));
    }

    /** The titles of the agents that make calls, by name. */
    private Map<String, String> named() {
        return agents.list().stream().filter(agent -> agent.makesCalls())
                .collect(Collectors.toMap(agent -> agent.name(), agent -> agent.title(), (one, other) -> one, LinkedHashMap::new));
    }

    private static @Nullable Long microUsd(String field, Map<String, String> sent, Map<String, String> wrong) {
        String text = sent.getOrDefault(field, "").strip();
        if (text.isEmpty()) {
            return null;
        }
        var amount = USD.matcher(text);
        if (amount.matches()) {
            long microUsd = new BigDecimal(amount.group(1)).multiply(MICRO).longValueExact();
            if (microUsd <= Budgets.MAX_MICRO_USD) {
                return microUsd;
            }
        }
        wrong.put(field, WRONG);
        return null;
    }

    private static String usd(@Nullable Long microUsd) {
        if (microUsd == null) {
            return "";
        }
        BigDecimal usd = BigDecimal.valueOf(microUsd, 6).stripTrailingZeros();
        return usd.setScale(Math.max(2, usd.scale())).toPlainString();
    }
}
