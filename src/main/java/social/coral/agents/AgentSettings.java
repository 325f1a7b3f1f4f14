package social.coral.agents;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.vault.ServiceName;

/**
 * An agent's settings in the API.
 *
 * @param notTaken those of the parameters that are known not to be taken by the model; they are left out of its calls
 */
public record AgentSettings(@Nullable ServiceName provider, @Nullable String model, @Nullable BigDecimal temperature, @Nullable Integer maxOutputTokens,
        List<String> notTaken) {

    static final AgentSettings NONE = new AgentSettings(null, null, null, null, List.of());

    static AgentSettings of(ChosenModel chosen, Set<String> refused) {
        ModelChoice choice = chosen.choice();
        return new AgentSettings(choice.provider(), choice.model(), choice.temperature(), choice.maxOutputTokens(),
                refused.contains("temperature") ? List.of("temperature") : List.of());
    }
}
