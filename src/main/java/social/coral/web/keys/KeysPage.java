package social.coral.web.keys;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.api.Failure;
import social.coral.api.Failure.FieldError;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.KeyChecks;
import social.coral.vault.ServiceName;
import social.coral.web.frame.Form;
import social.coral.web.frame.LocalPath;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;
import social.coral.web.frame.Visitor;

/** Which services may be used in my name? A key is entered here and never shown again. */
@Controller
@RequestMapping("/settings/keys")
final class KeysPage {

    private final ApiKeys keys;
    private final KeyChecks checks;
    private final SandboxKey sandboxKey;
    private final Agents agents;
    private final Visitor visitor;

    KeysPage(ApiKeys keys, KeyChecks checks, SandboxKey sandboxKey, Agents agents, Visitor visitor) {
        this.keys = keys;
        this.checks = checks;
        this.sandboxKey = sandboxKey;
        this.agents = agents;
        this.visitor = visitor;
    }

    @GetMapping
    ModelAndView list() {
        return PageResult.page("keys/list", new KeysView(KeyRow.all(visitor.keys(), checks::supports), agents.needs()));
    }

    private List<KeyRow> rows() {
        return KeyRow.all(keys.list(), checks::supports);
    }

    @GetMapping("/{service}")
    ModelAndView enter(@PathVariable String service) {
        return form(known(service), Form.empty());
    }

    /** Stores what was entered. A key of several that work together stays as it is where its field is empty. */
    @PostMapping("/{service}")
    ModelAndView save(@PathVariable String service, @RequestParam Map<String, String> typed) {
        ServiceName name = known(service);
        try {
            if (name.group().size() == 1) {
                keys.save(name, typed.get("api_key"));
            } else {
                keys.save(entered(name, typed));
            }
        } catch (Failure refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return PageResult.refused(form(name, Form.empty().refused(name.group().size() == 1 ? refused : withoutTheOthers(refused, typed))));
        }
        KeyGroup group = KeyGroup.of(name, rows());
        return PageResult.seeOther("/settings/keys", group.isTestable() ? tested(name)
                : group.isIncomplete() ? Toast.problem("Saved. " + group.detail() + " They work only together.") : Toast.done(group.title() + " saved."));
    }

    /** Says of the others that were typed that they were not saved either, since a key is never shown again. */
    private static Failure withoutTheOthers(Failure refused, Map<String, String> typed) {
        Set<String> named = refused.errors().stream().map(FieldError::field).collect(Collectors.toSet());
        Stream<FieldError> others = Arrays.stream(ServiceName.values()).map(ServiceName::toString)
                .filter(field -> !named.contains(field) && !typed.getOrDefault(field, "").isBlank())
                .map(field -> new FieldError(field, "Not saved either. Enter it again."));
        return Failure.invalid(Stream.concat(refused.errors().stream(), others).toList());
    }

    private static Map<ServiceName, String> entered(ServiceName name, Map<String, String> typed) {
        Map<ServiceName, String> entered = new EnumMap<>(ServiceName.class);
        name.group().stream().filter(each -> !typed.getOrDefault(each.toString(), "").isBlank())
                .forEach(each -> entered.put(each, typed.getOrDefault(each.toString(), "")));
        if (entered.isEmpty()) {
            throw Failure.invalid(name.toString(), "Enter a key in at least one of the fields.");
        }
        return entered;
    }

    private ModelAndView form(ServiceName service, Form form) {
        return PageResult.page("keys/enter")
                .addObject("group", KeyGroup.of(service, rows()))
                .addObject("form", form);
    }

    /** Takes a key of the sandbox network. Asks first if it would replace a key for X. */
    @PostMapping("/sandbox")
    ModelAndView useSandbox(@RequestParam(defaultValue = "false") boolean confirmed, @RequestParam(defaultValue = "") String back) {
        String before = LocalPath.or(back, "/settings/keys");
        if (!confirmed && sandboxKey.replacesKeyForX()) {
            return PageResult.page("keys/sandbox").addObject("action", "/settings/keys/sandbox").addObject("back", before);
        }
        ApiKey taken = sandboxKey.take();
        return PageResult.seeOther(before, taken.state() == ApiKey.State.VALID
                ? Toast.done("The sandbox is in use: posts come from a made-up network.") : verdict(KeyGroup.of(taken.serviceName(), rows())));
    }

    /** The address of that question, when it is loaded again. */
    @GetMapping("/sandbox")
    ModelAndView afterQuestion() {
        return PageResult.seeOther("/settings/keys");
    }

    @PostMapping("/{service}/check")
    ModelAndView check(@PathVariable String service) {
        return PageResult.seeOther("/settings/keys", tested(known(service)));
    }

    /** Asks first, and deletes the key once the person has confirmed, or with it those that work only together with it. */
    @PostMapping("/{service}/remove")
    ModelAndView remove(
            @PathVariable String service, @RequestParam(defaultValue = "false") boolean all, @RequestParam(defaultValue = "false") boolean confirmed) {
        ServiceName name = known(service);
        String title = all ? name.groupTitle() : name.title();
        if (!confirmed) {
            return PageResult.page("keys/remove").addObject("service", name)
                    .addObject("title", title)
                    .addObject("all", all)
                    .addObject("needed", name.group().stream().anyMatch(agents.needs()::contains))
                    .addObject("sandbox", keys.find(name).filter(ApiKey::sandbox).isPresent());
        }
        keys.delete(all ? name.group() : Set.of(name));
        return PageResult.seeOther("/settings/keys", Toast.done(title + " deleted."));
    }

    private Toast tested(ServiceName service) {
        try {
            checks.check(service);
        } catch (Failure incomplete) {
            if (!incomplete.code().equals(KeyChecks.INCOMPLETE)) {
                throw incomplete;
            }
            return Toast.problem(incomplete.sentence());
        }
        return verdict(KeyGroup.of(service, rows()));
    }

    private static Toast verdict(KeyGroup group) {
        KeyRow row = group.decisive();
        String title = row.isOfSandbox() ? "sandbox key" : group.title();
        String subject = "The " + title + (group.isSingle() ? " is" : " are") + " saved but ";
        ApiKey key = Objects.requireNonNull(row.key());
        return switch (key.state()) {
            case VALID -> Toast.done(key.sandbox() ? "The sandbox works." : title + " accepted.");
            case REFUSED, UNREADABLE -> Toast.problem(subject + (group.isSingle() ? "does" : "do") + " not work. " + key.stateDetail());
            case UNCHECKED -> Toast.problem(subject + "could not be checked. " + key.stateDetail());
        };
    }

    private static ServiceName known(String service) {
        return ServiceName.named(service).orElseThrow(Failure::notFound);
    }
}
