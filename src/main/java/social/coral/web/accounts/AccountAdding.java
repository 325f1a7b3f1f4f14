package social.coral.web.accounts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.web.accounts.HandleResult.Outcome;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Adds several accounts at once and says what happened to each. */
@Controller
@RequestMapping("/accounts/add")
final class AccountAdding {

    private final AccountIntake intake;
    private final ExampleHandles examples;

    AccountAdding(AccountIntake intake, ExampleHandles examples) {
        this.intake = intake;
        this.examples = examples;
    }

    @GetMapping
    ModelAndView form(@RequestParam(defaultValue = "") String handles) {
        return form(Form.empty().with("handles", handles).with("priority", "50"), List.of());
    }

    @PostMapping
    ModelAndView add(
            @RequestParam(defaultValue = "") String handles,
            @RequestParam(name = "example", required = false) @Nullable List<String> chosen,
            @RequestParam(defaultValue = "") String priority) {
        String all = AccountIntake.all(handles, chosen);
        Form form = Form.empty().with("handles", all).with("priority", priority);
        try {
            List<HandleResult> results = intake.add(all, Priority.read(priority));
            return results.stream().anyMatch(HandleResult::isRefused)
                    ? PageResult.refused(form(form.with("handles", AccountIntake.refused(results)), results))
                    : PageResult.seeOther("/accounts", Toast.done(summary(results)));
        } catch (Failure refused) {
            return PageResult.refused(form(form.refused(refused), List.of()));
        }
    }

    private ModelAndView form(Form form, List<HandleResult> results) {
        return PageResult.page("accounts/add")
                .addObject("form", form)
                .addObject("examples", examples.offered())
                .addObject("results", results);
    }

    private static String summary(List<HandleResult> results) {
        List<String> added = names(results, Outcome.ADDED);
        List<String> before = names(results, Outcome.ALREADY_ADDED);
        return (added.isEmpty() ? "" : "Added " + AccountNames.of(added) + ". ")
                + (before.isEmpty() ? "" : AccountNames.of(before) + (before.size() == 1 ? " was" : " were") + " already added.");
    }

    private static List<String> names(List<HandleResult> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).map(HandleResult::typed).toList();
    }
}
