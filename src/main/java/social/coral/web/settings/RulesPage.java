package social.coral.web.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.ApprovalRule;
import social.coral.content.ApprovalRuleInput;
import social.coral.content.ApprovalRules;
import social.coral.content.TextKind;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;
import social.coral.web.frame.Option;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** What may be approved without me? */
@Controller
@RequestMapping("/settings/approval")
final class RulesPage {

    private static final String HERE = "/settings/approval";
    /** Those that make nothing to approve. */
    private static final Set<String> WRITE_NO_TEXTS =
            Set.of("system", Agents.COLLECTING, Agents.TOPICS, Agents.RESEARCH, Agents.CRITIQUE, Agents.METRICS);
    private static final Page ALL = new Page(Page.MAX_LIMIT, 0);

    private final ApprovalRules rules;
    private final Agents agents;

    RulesPage(ApprovalRules rules, Agents agents) {
        this.rules = rules;
        this.agents = agents;
    }

    @GetMapping
    ModelAndView list() {
        Map<String, String> titles = agents.titles();
        return PageResult.page("settings/rules").addObject("rules", rules.list(ALL).stream().map(rule -> new RuleView(rule, titles)).toList());
    }

    @GetMapping("/new")
    ModelAndView blank() {
        return form(null, RuleForm.blank());
    }

    @PostMapping("/new")
    ModelAndView add(RuleForm sent) {
        try {
            ApprovalRule rule = rules.add(sent.input());
            return PageResult.seeOther(HERE, Toast.done("Added “" + rule.name() + "”. It is off until you switch it on."));
        } catch (Failure refused) {
            return refused(null, sent, refused);
        }
    }

    @GetMapping("/{id}")
    ModelAndView edit(@PathVariable UUID id) {
        ApprovalRule rule = rules.get(id);
        return form(rule, RuleForm.of(rule));
    }

    @PostMapping("/{id}")
    ModelAndView change(@PathVariable UUID id, RuleForm sent) {
        try {
            rules.change(id, sent.input(), ConcurrentEdit.seen(Form.of(sent).value(ConcurrentEdit.SEEN)));
            return PageResult.seeOther(HERE, Toast.done("Saved."));
        } catch (Failure refused) {
            return refused(rules.get(id), sent, refused);
        }
    }

    private ModelAndView refused(@Nullable ApprovalRule rule, RuleForm sent, Failure refused) {
        Form typed = Form.of(sent).with(ConcurrentEdit.SEEN, rule == null ? "" : rule.updatedAt().toString());
        if (refused.code().equals("changed_meanwhile")) {
            return PageResult.refused(form(rule, typed.refused("name",
                    "The rule was changed in another window. Save again to keep what is typed here.")));
        }
        if (refused.errors().isEmpty()) {
            throw refused;
        }
        return PageResult.refused(form(rule, typed.refused(refused)));
    }

    private ModelAndView form(@Nullable ApprovalRule rule, Form form) {
        return PageResult.page("settings/rule").addObject("rule", rule).addObject("form", form).addObject("kinds", kinds()).addObject("writers",
                writers(form.value("agent")));
    }

    private static List<Option> kinds() {
        return Arrays.stream(TextKind.values()).map(kind -> new Option(kind.toString(), RuleView.kind(kind))).toList();
    }

    /** @param chosen the one that the rule has, whatever it does */
    private List<Option> writers(String chosen) {
        List<Option> options = new ArrayList<>(List.of(new Option("", "Any agent")));
        agents.titles().forEach((name, title) -> {
            if (name.equals(chosen) || !WRITE_NO_TEXTS.contains(name)) {
                options.add(new Option(name, title));
            }
        });
        return options;
    }

    @PostMapping("/{id}/enabled")
    ModelAndView enable(@PathVariable UUID id, @RequestParam(defaultValue = "false") boolean enabled) {
        ApprovalRule rule = rules.change(id, ApprovalRuleInput.enabled(enabled), null);
        return PageResult.seeOther(HERE, Toast.done("“" + rule.name() + "” is " + (enabled ? "on." : "off.")));
    }

    @GetMapping("/{id}/delete")
    ModelAndView askBeforeDeleting(@PathVariable UUID id) {
        return PageResult.page("settings/rule-delete").addObject("rule", rules.get(id));
    }

    @PostMapping("/{id}/delete")
    ModelAndView delete(@PathVariable UUID id) {
        rules.delete(id);
        return PageResult.seeOther(HERE, Toast.done("Rule deleted."));
    }
}
