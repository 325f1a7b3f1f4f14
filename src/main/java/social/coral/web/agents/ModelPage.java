package social.coral.web.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.AgentCard;
import social.coral.agents.Agents;
import social.coral.agents.ChosenModel;
import social.coral.agents.ModelTrials;
import social.coral.api.Failure;
import social.coral.models.LanguageModels;
import social.coral.models.ModelParameters;
import social.coral.vault.ServiceName;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;
import social.coral.web.frame.Option;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Which language model does an agent use? */
@Controller
@RequestMapping("/agents/{name}/model")
final class ModelPage {

    private final Agents agents;
    private final LanguageModels models;

    private final ModelTrials trials;

    ModelPage(Agents agents, LanguageModels models, ModelTrials trials) {
        this.agents = agents;
        this.models = models;
        this.trials = trials;
    }

    /** Shows the form; with what was typed, after another provider was chosen in it. */
    @GetMapping
    ModelAndView model(@PathVariable String name, ModelForm typed) {
        AgentCard agent = agents.get(name);
        ChosenModel chosen = chosen(agent);
        return typed.provider() == null
                ? PageResult.page("agents/model", view(agent, chosen, Form.of(ModelForm.of(chosen.choice()))))
                : PageResult.page("agents/model", view(agent, chosen, Form.of(typed).with("model", "")));
    }

    @PostMapping
    ModelAndView save(@PathVariable String name, ModelForm typed) {
        AgentCard agent = agents.get(name);
        ChosenModel before = chosen(agent);
        try {
            agents.settings(name, typed.fields());
        } catch (Failure refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return PageResult.refused("agents/model", view(agent, before, Form.of(typed).refused(refused)));
        }
        ChosenModel now = chosen(agents.get(name));
        return PageResult.seeOther("/agents", Toast.done(agent.title() + " uses " + now.model() + " of " + now.providerTitle() + "."));
    }

    /** The form as it was typed, with what a model wrote. */
    ModelAndView tried(String name, ModelForm typed, TrialView trial) {
        return typed(name, Form.of(typed), trial);
    }

    ModelAndView typed(String name, Form typed, @Nullable TrialView trial) {
        AgentCard agent = agents.get(name);
        return PageResult.page("agents/model", view(agent, chosen(agent), typed, trial));
    }

    private static ChosenModel chosen(AgentCard agent) {
        return Optional.ofNullable(agent.model()).orElseThrow(Failure::notFound);
    }

    private ModelView view(AgentCard agent, ChosenModel chosen, Form fields) {
        return view(agent, chosen, fields, null);
    }

    private ModelView view(AgentCard agent, ChosenModel chosen, Form fields, @Nullable TrialView trial) {
        ServiceName provider = models.providers().stream().filter(one -> one.toString().equals(fields.value("provider"))).findFirst().orElse(chosen.provider());
        List<String> offered = models.offered(provider);
        String model = fields.value("model").isBlank() ? models.defaultModel(provider) : fields.value("model").strip();
        return new ModelView(agent, fields, providers(), offered, help(provider, offered), aboutTemperature(provider, model), aboutTrial(provider, model), trial);
    }

    private List<Option> providers() {
        List<Option> options = new ArrayList<>(List.of(new Option("", "The first that I have a key for")));
        models.providers().forEach(provider -> options.add(new Option(provider.toString(), models.title(provider))));
        return options;
    }

    private String help(ServiceName provider, List<String> offered) {
        String byDefault = "Leave it empty for " + models.defaultModel(provider) + ".";
        return offered.isEmpty()
                ? byDefault + " The models of " + models.title(provider) + " cannot be listed: there is no key that works, or it did not answer. You can type a name."
                : byDefault + " " + models.title(provider) + " offers you " + offered.size() + (offered.size() == 1 ? " model." : " models.");
    }

    private String aboutTrial(ServiceName provider, String model) {
        if (!ModelParameters.isModel(model)) {
            return "";
        }
        // Rounded up, so that it is never less than the call may cost.
        long price = Math.ceilDiv(trials.price(provider, model), 100) * 100;
        return model + " writes a sample of at most 60 words. "
                + (price == 0 ? "It costs nothing." : "It costs at most " + Figures.exactMoney(price) + ", which counts against your limits.");
    }

    private String aboutTemperature(ServiceName provider, String model) {
        return ModelParameters.isModel(model) && models.refused(provider, model).contains("temperature")
                ? model + " takes no temperature. What you enter is left out." : "Not every model takes one.";
    }
}
