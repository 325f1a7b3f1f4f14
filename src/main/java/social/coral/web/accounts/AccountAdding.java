package social.coral.web.accounts;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.content.Username;
import social.coral.content.XAccounts;
import social.coral.web.accounts.HandleResult.Outcome;
import social.coral.web.frame.Answer;
import social.coral.web.frame.Form;
import social.coral.web.frame.Toast;

/** Adds several accounts at once and says of each what became of it. */
@Controller
@RequestMapping("/accounts/add")
final class AccountAdding {

    private final XAccounts accounts;

    AccountAdding(XAccounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    ModelAndView form(@RequestParam(defaultValue = "") String handles) {
        return Answer.page("accounts/add", AddAccountsView.fresh(handles));
    }

    @PostMapping
    ModelAndView add(@RequestParam(defaultValue = "") String handles, @RequestParam(defaultValue = "") String priority) {
        Form form = Form.empty().with("handles", handles).with("priority", priority);
        List<String> typed;
        Integer wanted;
        try {
            typed = HandleList.read(handles);
            wanted = Priority.read(priority);
        } catch (Failure refused) {
            return Answer.refused("accounts/add", new AddAccountsView(form.refused(refused), List.of()));
        }
        List<HandleResult> results = typed.stream().map(handle -> add(handle, wanted)).toList();
        List<HandleResult> refused = results.stream().filter(result -> result.outcome() == Outcome.REFUSED).toList();
        if (refused.isEmpty()) {
            return Answer.seeOther("/accounts", Toast.done(summary(results)));
        }
        String left = refused.stream().map(HandleResult::typed).collect(Collectors.joining("\n"));
        return Answer.refused("accounts/add", new AddAccountsView(form.with("handles", left), results));
    }

    private HandleResult add(String handle, @Nullable Integer priority) {
        try {
            accounts.add(Username.of("handles", handle), priority);
            return new HandleResult(handle, Outcome.ADDED, "");
        } catch (Failure failure) {
            if (failure.code().equals("already_added")) {
                return new HandleResult(handle, Outcome.THERE_ALREADY, "");
            }
            String reason = failure.errors().isEmpty() ? failure.sentence() : "A handle " + failure.errors().getFirst().message();
            return new HandleResult(handle, Outcome.REFUSED, reason + ".");
        }
    }

    private static String summary(List<HandleResult> results) {
        List<String> added = names(results, Outcome.ADDED);
        List<String> before = names(results, Outcome.THERE_ALREADY);
        return (added.isEmpty() ? "" : "Added " + AccountNames.of(added) + ". ")
                + (before.isEmpty() ? "" : AccountNames.of(before) + (before.size() == 1 ? " was" : " were") + " there already.");
    }

    private static List<String> names(List<HandleResult> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).map(HandleResult::typed).toList();
    }
}
