package social.coral.agents;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import social.coral.content.PersonaVoice;
import social.coral.models.Draft;
import social.coral.models.Instructions;
import social.coral.models.LanguageModels;
import social.coral.models.Prompt;
import social.coral.vault.ApiKey;
import social.coral.vault.ServiceName;

/** Lets a person see what their model writes in a voice: one call like those of {@link ModelTrials}, with the model of the agent that writes blogs. */
@Component
public final class PersonaTrials {

    private static final String WRITER = "blog-writing";
    private static final Instructions TASK = Instructions.of("Write one post for a social network in at most 60 words. Say that your notes on what you"
            + " tried lately are ready, that three things worked and one did not, and what the reader can do with them. Answer with the post and nothing else.");

    private final RunTools tools;
    private final LanguageModels models;
    private final ModelTrials trials;

    PersonaTrials(RunTools tools, LanguageModels models, ModelTrials trials) {
        this.tools = tools;
        this.models = models;
        this.trials = trials;
    }

    /**
     * A sample that could be written.
     *
     * @param priceMicroUsd the most that it can cost
     */
    public record Offer(String model, long priceMicroUsd) {}

    /** Returns what a sample in this voice would cost; empty without a key of a model. */
    public Optional<Offer> offer(PersonaVoice voice) {
        List<ApiKey> stored = tools.keys().list();
        ModelChoice choice = tools.models().of(WRITER);
        ServiceName provider = tools.models().provider(choice, stored);
        if (stored.stream().noneMatch(key -> key.serviceName() == provider && key.isActive())) {
            return Optional.empty();
        }
        String model = choice.model() == null ? models.defaultModel(provider) : choice.model();
        return Optional.of(new Offer(model, models.price(provider, prompt(voice, choice))));
    }

    /** Has the model write a sample. A {@link social.coral.api.Failure} says why there is none. An interrupt of the thread ends the call. */
    public ModelTrials.Result make(PersonaVoice voice, Draft draft) {
        ModelChoice choice = tools.models().considered(WRITER, Map.of());
        return trials.answered("", choice, prompt(voice, choice), draft);
    }

    private static Prompt prompt(PersonaVoice voice, ModelChoice choice) {
        return new Prompt(PersonaPrompt.in(voice, TASK), List.of(PersonaPrompt.material(voice))).with(ModelTrials.parameters(choice));
    }
}
