package social.coral.web.accounts;

import java.util.List;
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
import social.coral.agents.Agents;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.XAccount;
import social.coral.content.XAccounts;
import social.coral.web.agents.Collecting;
import social.coral.web.frame.Form;
import social.coral.web.frame.LocalPath;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Whom do I listen to? The list of accounts and what can be done with one of them. */
@Controller
@RequestMapping("/accounts")
final class AccountsPage {

    private final XAccounts accounts;
    private final Agents agents;

    AccountsPage(XAccounts accounts, Agents agents) {
        this.accounts = accounts;
        this.agents = agents;
    }

    @GetMapping
    ModelAndView list(
            Page page,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String only,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String reversed) {
        AccountsView view = AccountsView.of(accounts.all(), accounts.count(), AccountFilter.of(q, only, sort, reversed), page, new Collecting(agents.get(Collecting.AGENT)));
        return PageResult.list("accounts/list", view, view.paging());
    }

    @GetMapping("/{id}")
    ModelAndView edit(@PathVariable UUID id, @RequestParam(defaultValue = "") String back) {
        XAccount account = accounts.get(id);
        Form form = Form.empty().with("priority", Integer.toString(account.priority()));
        return PageResult.page("accounts/edit", new EditAccountView(account, form, LocalPath.or(back, "/accounts")));
    }

    @PostMapping("/{id}")
    ModelAndView save(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String priority, @RequestParam(defaultValue = "") String back) {
        try {
            XAccount account = accounts.change(id, Priority.read(priority), null);
            return PageResult.seeOther(LocalPath.or(back, "/accounts"),
                    Toast.done("@" + account.username() + " now has priority " + account.priority() + "."));
        } catch (Failure refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            Form form = Form.empty().with("priority", priority).refused(refused);
            return PageResult.refused("accounts/edit", new EditAccountView(accounts.get(id), form, LocalPath.or(back, "/accounts")));
        }
    }

    @PostMapping("/{id}/pause")
    ModelAndView pause(@PathVariable UUID id, @RequestParam(defaultValue = "") String handle, @RequestParam(defaultValue = "") String back) {
        return there(id) ? switchOn(false, List.of(id), back) : gone(handle, back);
    }

    @PostMapping("/{id}/resume")
    ModelAndView resume(@PathVariable UUID id, @RequestParam(defaultValue = "") String handle, @RequestParam(defaultValue = "") String back) {
        return there(id) ? switchOn(true, List.of(id), back) : gone(handle, back);
    }

    /** Asks before one account is removed; the answer comes back as for several. */
    @PostMapping("/{id}/remove")
    ModelAndView remove(@PathVariable UUID id, @RequestParam(defaultValue = "") String handle, @RequestParam(defaultValue = "") String back) {
        return !there(id) ? gone(handle, back) : PageResult.page("accounts/remove", new RemoveAccountsView(List.of(accounts.get(id)), LocalPath.or(back, "/accounts")));
    }

    @PostMapping("/selected/pause")
    ModelAndView pauseSelected(
            @RequestParam(name = "id", required = false) @Nullable List<UUID> ids, @RequestParam(defaultValue = "") String back) {
        return switchOn(false, ids, back);
    }

    @PostMapping("/selected/resume")
    ModelAndView resumeSelected(
            @RequestParam(name = "id", required = false) @Nullable List<UUID> ids, @RequestParam(defaultValue = "") String back) {
        return switchOn(true, ids, back);
    }

    private ModelAndView switchOn(boolean isActive, @Nullable List<UUID> ids, String back) {
        String list = LocalPath.or(back, "/accounts");
        if (ids == null || ids.isEmpty()) {
            return PageResult.seeOther(list, Toast.problem("Select at least one account first."));
        }
        List<UUID> chosen = present(ids);
        if (chosen.isEmpty()) {
            return PageResult.seeOther(list, Toast.problem(goneOf(ids.size())));
        }
        List<String> names = chosen.stream().map(id -> accounts.change(id, null, isActive).username()).toList();
        return PageResult.seeOther(list, done((isActive ? "Resumed " : "Paused ") + AccountNames.of(names) + ".", ids.size() - names.size()));
    }

    /** Asks first, and removes when the answer comes back. */
    @PostMapping("/selected/remove")
    ModelAndView removeSelected(
            @RequestParam(name = "id", required = false) @Nullable List<UUID> ids,
            @RequestParam(defaultValue = "false") boolean confirmed,
            @RequestParam(defaultValue = "") String back) {
        String list = LocalPath.or(back, "/accounts");
        if (ids == null || ids.isEmpty()) {
            return PageResult.seeOther(list, Toast.problem("Select at least one account first."));
        }
        List<XAccount> chosen = present(ids).stream().map(accounts::get).toList();
        if (chosen.isEmpty()) {
            return PageResult.seeOther(list, Toast.problem(goneOf(ids.size())));
        }
        RemoveAccountsView view = new RemoveAccountsView(chosen, list);
        if (!confirmed) {
            return PageResult.page("accounts/remove", view);
        }
        chosen.forEach(account -> accounts.remove(account.id()));
        return PageResult.seeOther(list, done("Removed " + view.names() + ". " + view.postsKept(), ids.size() - chosen.size()));
    }

    private boolean there(UUID id) {
        return !present(List.of(id)).isEmpty();
    }

    /** Those that were not removed in another window since the list was shown. */
    private List<UUID> present(List<UUID> ids) {
        Set<UUID> there = accounts.all().stream().map(XAccount::id).collect(Collectors.toSet());
        return bounded(ids).stream().filter(there::contains).toList();
    }

    /** Back to the list, in which the row stands no more. */
    private static ModelAndView gone(String handle, String back) {
        return PageResult.seeOther(LocalPath.or(back, "/accounts"), Toast.problem(handle.isBlank() ? goneOf(1) : "@" + handle + " has already been removed."));
    }

    private static String goneOf(int accounts) {
        return accounts == 1 ? "The account has already been removed." : accounts + " accounts have already been removed.";
    }

    private static Toast done(String words, int gone) {
        return gone == 0 ? Toast.done(words) : Toast.problem(words.strip() + " " + goneOf(gone));
    }

    private static List<UUID> bounded(List<UUID> ids) {
        if (ids.size() > Page.MAX_LIMIT) {
            throw Failure.invalid("id", "At most " + Page.MAX_LIMIT + " accounts can be selected at once.");
        }
        return ids;
    }
}
