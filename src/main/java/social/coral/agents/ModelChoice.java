package social.coral.agents;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import social.coral.models.ModelParameters;
import social.coral.vault.ServiceName;

/**
 * The language model that a person chose for an agent, and how it is to answer. A null is the default.
 *
 * @param provider whose key is used; null takes the first provider that the tenant has a key for
 * @param model a model of the provider, so null where that is null
 */
public record ModelChoice(@Nullable ServiceName provider, @Nullable String model, @Nullable BigDecimal temperature, @Nullable Integer maxOutputTokens) {

    public static final ModelChoice DEFAULT = new ModelChoice(null, null, null, null);

    ModelParameters parameters() {
        return new ModelParameters(model, temperature == null ? null : temperature.doubleValue(), maxOutputTokens);
    }
}
