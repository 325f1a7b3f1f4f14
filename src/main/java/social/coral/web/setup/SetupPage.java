package social.coral.web.setup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import social.coral.agents.AgentRun;
import social.coral.agents.Agents;
import social.coral.agents.Runs;
import social.coral.api.Failure;
import social.coral.content.XAccounts;
import social.coral.identity.Profiles;
import social.coral.vault.ApiKeys;
import social.coral.vault.KeyChecks;
import social.coral.vault.ServiceName;
import social.coral.web.accounts.AccountIntake;
import social.coral.web.accounts.ExampleHandles;
import social.coral.web.accounts.HandleResult;
import social.coral.web.agents.Collecting;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;
import social.coral.web.frame.Visitor;
import social.coral.web.keys.KeyGroup;
import social.coral.web.keys.KeyRow;
import social.coral.web.keys.SandboxKey;
import social.coral.web.settings.ProfileForm;

/** How do I start? One step at a time; each can be left, gone back to and skipped. */
@Controller
@RequestMapping("/setup")
final class SetupPage {

    private final Profiles profiles;
    private final ApiKeys keys;
    private final KeyChecks checks;
    private final XAccounts accounts;
    private final AccountIntake intake;
    private final Agents agents;
    private final Runs runs;
    private final ExampleHandles examples;
    private final SandboxKey sandboxKey;
    private final Visitor visitor;

    SetupPage(
            Profiles profiles,
            ApiKeys keys,
            KeyChecks checks,
            XAccounts accounts,
            AccountIntake intake,
            Agents agents,
            Runs runs,
            ExampleHandles examples,
            SandboxKey sandboxKey,
            Visitor visitor) {
        this.profiles = profiles;
        this.keys = keys;
        this.checks = checks;
        this.accounts = accounts;
        this.intake = intake;
        this.agents = agents;
        this.runs = runs;
        this.examples = examples;
        this.sandboxKey = sandboxKey;
        this.visitor = visitor;
    }

    /** Shows the step asked for. Without one it shows the first, or after the setup where each part can be changed. */
    @GetMapping
    ModelAndView show(@RequestParam(required = false) @Nullable String step, @RequestParam(required = false) @Nullable UUID run) {
        if (step == null && visitor.profile().setupCompleted()) {
            return PageResult.page("setup/finished", view(Step.REVIEW, Form.empty(), null));
        }
        Step wanted = Step.named(step);
        Optional<AgentRun> first = run == null ? runs.latest(Agents.COLLECTING) : runs.find(run);
        if (wanted == Step.FIRST_RUN && first.isEmpty()) {
            return PageResult.seeOther(Step.REVIEW.address());
        }
        return PageResult.page("setup/show", view(wanted, ProfileForm.of(visitor.profile()), first.orElse(null)));
    }

    /** The address of a step's form after it was refused, when it is loaded again. */
    @GetMapping("/{step:profile|keys|accounts}")
    ModelAndView form(@PathVariable String step) {
        return PageResult.seeOther(Step.named(step).address());
    }

    @PostMapping("/profile")
    ModelAndView profile(ProfileForm sent) {
        try {
            profiles.change(sent.fields());
            return PageResult.seeOther(Step.KEYS.address());
        } catch (Failure refused) {
            return refused(Step.PROFILE, sent.typed().refused(refused), List.of());
        }
    }

    /** Stores the keys and checks them with their services. The person stays on this step until each key is accepted or cannot be checked. */
    @PostMapping("/keys")
    ModelAndView keys(@RequestParam Map<String, String> typed) {
        Map<Set<ServiceName>, KeyGroup> saved = new LinkedHashMap<>();
        List<KeyResult> results = new ArrayList<>();
        for (ServiceName service : ServiceName.values()) {
            String key = typed.getOrDefault(service.toString(), "");
            try {
                if (!key.isBlank()) {
                    keys.save(service, key);
                    saved.put(service.group(), group(service));
                }
            } catch (Failure refused) {
                results.add(KeyResult.notSaved(service, refused));
            }
        }
        saved.values().forEach(group -> results.add(KeyResult.saved(group.isTestable() ? tested(group.first().service()) : group)));
        Form form = Form.empty();
        for (KeyResult result : results) {
            form = result.problem() == null ? form : form.refused(result.service().toString(), result.problem());
        }
        return results.stream().anyMatch(KeyResult::stays)
                ? PageResult.refused("setup/show", view(Step.KEYS, form, null).with(List.of(), results))
                : PageResult.seeOther(Step.ACCOUNTS.address());
    }

    private KeyGroup tested(ServiceName service) {
        checks.check(service);
        return group(service);
    }

    private KeyGroup group(ServiceName service) {
        return KeyGroup.of(service, KeyRow.all(keys.list(), checks::supports));
    }

    /** Takes a key of the sandbox network. Asks first if it would replace a key for X. */
    @PostMapping("/sandbox")
    ModelAndView sandbox(@RequestParam(defaultValue = "false") boolean confirmed) {
        if (!confirmed && sandboxKey.replacesKeyForX()) {
            return PageResult.page("keys/sandbox").addObject("action", "/setup/sandbox").addObject("back", Step.KEYS.address());
        }
        sandboxKey.take();
        return PageResult.seeOther(Step.ACCOUNTS.address(), Toast.done("The sandbox is in use. Enter a key for X whenever you have one."));
    }

    /** The address of that question, when it is loaded again. */
    @GetMapping("/sandbox")
    ModelAndView afterTheQuestion() {
        return PageResult.seeOther(Step.KEYS.address());
    }

    @PostMapping("/accounts")
    ModelAndView accounts(
            @RequestParam(defaultValue = "") String handles, @RequestParam(name = "example", required = false) @Nullable List<String> chosen) {
        String all = AccountIntake.all(handles, chosen);
        if (all.isEmpty()) {
            return PageResult.seeOther(Step.REVIEW.address());
        }
        try {
            List<HandleResult> results = intake.add(all, null);
            return results.stream().anyMatch(HandleResult::isRefused)
                    ? refused(Step.ACCOUNTS, Form.empty().with("handles", AccountIntake.refused(results)), results)
                    : PageResult.seeOther(Step.REVIEW.address());
        } catch (Failure refused) {
            return refused(Step.ACCOUNTS, Form.empty().with("handles", all).refused(refused), List.of());
        }
    }

    /** Removes an account; the handles that are being typed stay. */
    @PostMapping("/accounts/{id}/remove")
    ModelAndView removeAccount(@PathVariable UUID id, @RequestParam(defaultValue = "") String handles) {
        if (accounts.all().stream().anyMatch(account -> account.id().equals(id))) {
            accounts.remove(id);
        }
        return PageResult.page("setup/show", view(Step.ACCOUNTS, Form.empty().with("handles", handles), null));
    }

    /** The address of that removal, when it is loaded again. */
    @GetMapping("/accounts/{id}/remove")
    ModelAndView afterRemoval() {
        return PageResult.seeOther(Step.ACCOUNTS.address());
    }

    /** Ends the setup and, when nothing is missing, starts the first run. The dashboard says what is missing. */
    @PostMapping("/finish")
    ModelAndView finish() {
        profiles.change(Map.of("setup_completed", true));
        if (!collecting().missing().isEmpty()) {
            return PageResult.seeOther("/dashboard", Toast.done("Setup is finished."));
        }
        try {
            AgentRun run = agents.run(Agents.COLLECTING);
            return PageResult.seeOther(Step.FIRST_RUN.address() + "&run=" + run.id());
        } catch (Failure failure) {
            Object underWay = failure.details().get("run_id");
            return underWay != null
                    ? PageResult.seeOther(Step.FIRST_RUN.address() + "&run=" + underWay)
                    : PageResult.seeOther("/dashboard", Toast.problem(failure.sentence()));
        }
    }

    private ModelAndView refused(Step step, Form form, List<HandleResult> results) {
        return PageResult.refused("setup/show", view(step, form, null).with(results.stream().filter(HandleResult::isRefused).toList(), List.of()));
    }

    private SetupView view(Step step, Form form, @Nullable AgentRun run) {
        return new SetupView(step, form, visitor.profile(), KeyRow.all(visitor.keys(), checks::supports), accounts.all(), examples.offered(),
                List.of(), List.of(), run, agents.needs(), collecting());
    }

    private Collecting collecting() {
        return new Collecting(agents.get(Agents.COLLECTING));
    }
}
