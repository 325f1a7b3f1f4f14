package social.coral.web.keys;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.api.Failure;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
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
    private final SandboxKey sandboxKey;
    private final Agents agents;
    private final Visitor visitor;

    KeysPage(ApiKeys keys, SandboxKey sandboxKey, Agents agents, Visitor visitor) {
        this.keys = keys;
        this.sandboxKey = sandboxKey;
        this.agents = agents;
        this.visitor = visitor;
    }

    @GetMapping
    ModelAndView list() {
        return PageResult.page("keys/list", new KeysView(KeyRow.all(visitor.keys(), keys::canCheck), agents.needs()));
    }

    @GetMapping("/{service}")
    ModelAndView enter(@PathVariable String service) {
        return form(known(service), Form.empty());
    }

    @PostMapping("/{service}")
    ModelAndView save(@PathVariable String service, @RequestParam(name = "api_key", defaultValue = "") String key) {
        ServiceName name = known(service);
        try {
            keys.save(name, key);
        } catch (Failure refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return PageResult.refused(form(name, Form.empty().refused(refused)));
        }
        return PageResult.seeOther("/settings/keys", keys.canCheck(name) ? verdict(keys.check(name)) : Toast.done(name.title() + " saved."));
    }

    private ModelAndView form(ServiceName service, Form form) {
        return PageResult.page("keys/enter")
                .addObject("service", service)
                .addObject("form", form)
                .addObject("stored", keys.find(service).orElse(null));
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
                ? Toast.done("The sandbox is in use: posts come from a made-up network.") : verdict(taken));
    }

    /** The address of that question, when it is loaded again. */
    @GetMapping("/sandbox")
    ModelAndView afterQuestion() {
        return PageResult.seeOther("/settings/keys");
    }

    @PostMapping("/{service}/check")
    ModelAndView check(@PathVariable String service) {
        return PageResult.seeOther("/settings/keys", verdict(keys.check(known(service))));
    }

    /** Asks first, and deletes the key once the person has confirmed. */
    @PostMapping("/{service}/remove")
    ModelAndView remove(@PathVariable String service, @RequestParam(defaultValue = "false") boolean confirmed) {
        ServiceName name = known(service);
        if (!confirmed) {
            return PageResult.page("keys/remove").addObject("service", name)
                    .addObject("sandbox", keys.find(name).filter(ApiKey::sandbox).isPresent());
        }
        keys.delete(name);
        return PageResult.seeOther("/settings/keys", Toast.done(name.title() + " deleted."));
    }

    private static Toast verdict(ApiKey key) {
        String title = KeyRow.titleInText(key);
        return switch (key.state()) {
            case VALID -> Toast.done(key.sandbox() ? "The sandbox works." : title + " accepted.");
            case REFUSED, UNREADABLE -> Toast.problem("The " + title + " is saved but does not work. " + key.stateDetail());
            case UNCHECKED -> Toast.problem("The " + title + " is saved but could not be checked. " + key.stateDetail());
        };
    }

    private static ServiceName known(String service) {
        return ServiceName.named(service).orElseThrow(Failure::notFound);
    }
}
