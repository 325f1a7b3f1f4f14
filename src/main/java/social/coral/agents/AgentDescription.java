package social.coral.agents;

import java.util.Set;
import social.coral.models.LanguageModel;

/**
 * What an agent is.
 *
 * @param name its name in the API and in addresses, in lower case with hyphens
 * @param title what a person calls it
 * @param description what it does, in a sentence
 * @param services the types of the services outside without whose keys it cannot work; see {@link Run#service}
 * @param optional the types of those that it uses where the tenant has the key; see {@link Run#optional}
 */
public record AgentDescription(String name, String title, String description, Set<Class<?>> services, Set<Class<?>> optional) {

    public AgentDescription(String name, String title, String description, Set<Class<?>> services) {
        this(name, title, description, services, Set.of());
    }

    /** Reports whether it uses a language model that the person chooses. */
    public boolean usesChosenModel() {
        return needsChosenModel() || optional.contains(LanguageModel.class);
    }

    boolean needsChosenModel() {
        return services.contains(LanguageModel.class);
    }
}
