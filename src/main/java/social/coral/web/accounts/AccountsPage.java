package social.coral.web.accounts;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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
import social.coral.content.XAccount;
import social.coral.content.XAccounts;
import social.coral.usage.PlanLimits;
import social.coral.web.agents.Collecting;
import social.coral.web.frame.Form;
import social.coral.web.frame.Listing;
import social.coral.web.frame.LocalPath;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Selection;
import social.coral.web.frame.Toast;
import social.coral.web.usage.PausedByPlan;

/** Whom do I listen to? The list of accounts and what can be done with them. */
@Controller
@RequestMapping("/accounts")
final class AccountsPage {

    private final XAccounts accounts;
    private final Agents agents;
    private final PlanLimits plan;

    AccountsPage(XAccounts accounts, Agents agents, PlanLimits plan) {
        this.accounts = accounts;
        this.agents = agents;
        this.plan = plan;
    }

    @GetMapping
    ModelAndView list(AccountFilter filter, Page page) {
        List<XAccount> all = accounts.all();
        return PageResult.list("accounts/list", Listing.of("/accounts", filter, page,
                        usable -> usable.of(all).stream().skip(page.offset()).limit(page.limit()).toList(), usable -> usable.of(all).size()))
                .addObject("lead", AccountWords.summary(all))
                .addObject("unlisted", AccountWords.unlisted(all.size(), accounts.count()))
                .addObject("pausedByPlan", PausedByPlan.accounts(plan.current()).orElse(null))
                .addObject("collecting", new Collecting(agents.get(Agents.COLLECTING)));
    }

    @GetMapping("/{id}")
    ModelAndView edit(@PathVariable UUID id, @RequestParam(defaultValue = "") String back) {
        XAccount account = accounts.get(id);
        return form(account, Form.empty().with("priority", Integer.toString(account.priority())), back);
    }

    private static ModelAndView form(XAccount account, Form form, String back) {
        return PageResult.page("accounts/edit")
                .addObject("account", account)
                .addObject("form", form)
                .addObject("back", LocalPath.or(back, "/accounts"));
    }

    @PostMapping("/{id}")
    ModelAndView save(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String priority, @RequestParam(defaultValue = "") String back) {
        try {
            XAccount account = accounts.change(id, Priority.read(priority), null);
            return backTo(back, Toast.done("@" + account.username() + " now has priority " + account.priority() + "."));
        } catch (Failure refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return PageResult.refused(form(accounts.get(id), Form.empty().with("priority", priority).refused(refused), back));
        }
    }

    @PostMapping("/{id}/pause")
    ModelAndView pause(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String handle, @RequestParam(defaultValue = "") String back) {
        return setActive(false, List.of(id), handle, back);
    }

    @PostMapping("/{id}/resume")
    ModelAndView resume(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String handle, @RequestParam(defaultValue = "") String back) {
        return setActive(true, List.of(id), handle, back);
    }

    /** Asks before one account is removed; the answer is sent as for several. */
    @PostMapping("/{id}/remove")
    ModelAndView remove(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String handle, @RequestParam(defaultValue = "") String back) {
        return remove(List.of(id), handle, false, back);
    }

    @PostMapping("/selected/pause")
    ModelAndView pauseSelected(Selection selection) {
        return setActive(false, selection.ids(), "", selection.back());
    }

    @PostMapping("/selected/resume")
    ModelAndView resumeSelected(Selection selection) {
        return setActive(true, selection.ids(), "", selection.back());
    }

    @PostMapping("/selected/remove")
    ModelAndView removeSelected(Selection selection) {
        return remove(selection.ids(), "", selection.isConfirmed(), selection.back());
    }

    private ModelAndView setActive(boolean isActive, List<UUID> ids, String handle, @Nullable String back) {
        List<XAccount> chosen = existing(ids);
        if (chosen.isEmpty()) {
            return backTo(back, nothingChosen(ids, handle));
        }
        accounts.setActive(chosen.stream().map(XAccount::id).toList(), isActive);
        return backTo(back, done((isActive ? "Resumed " : "Paused ") + AccountNames.ofAll(chosen) + ".", ids.size() - chosen.size()));
    }

    /** Asks first, and removes once the person has confirmed. */
    private ModelAndView remove(List<UUID> ids, String handle, boolean confirmed, @Nullable String back) {
        List<XAccount> chosen = existing(ids);
        if (chosen.isEmpty()) {
            return backTo(back, nothingChosen(ids, handle));
        }
        if (!confirmed) {
            return PageResult.page("accounts/remove").addObject("accounts", chosen).addObject("back", LocalPath.or(back, "/accounts"));
        }
        accounts.remove(chosen.stream().map(XAccount::id).toList());
        return backTo(back, done("Removed " + AccountNames.ofAll(chosen) + ". " + AccountWords.postsKept(chosen), ids.size() - chosen.size()));
    }

    /** Returns those that were not removed in another window since the list was shown. */
    private List<XAccount> existing(List<UUID> ids) {
        Map<UUID, XAccount> all = accounts.all().stream().collect(Collectors.toMap(XAccount::id, Function.identity()));
        return ids.stream().map(all::get).filter(Objects::nonNull).toList();
    }

    private static ModelAndView backTo(@Nullable String list, Toast toast) {
        return PageResult.seeOther(LocalPath.or(list, "/accounts"), toast);
    }

    private static Toast nothingChosen(List<UUID> ids, String handle) {
        return Toast.problem(ids.isEmpty() ? "Select at least one account first."
                : handle.isBlank() ? alreadyRemoved(ids.size()) : "@" + handle + " has already been removed.");
    }

    private static String alreadyRemoved(int accounts) {
        return accounts == 1 ? "The account has already been removed." : accounts + " accounts have already been removed.";
    }

    private static Toast done(String words, int gone) {
        return gone == 0 ? Toast.done(words) : Toast.problem(words.strip() + " " + alreadyRemoved(gone));
    }
}
