package social.coral.agents;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import social.coral.api.Choice;
import social.coral.api.Failure.FieldError;
import social.coral.api.Failure;
import social.coral.models.ModelParameters;
import social.coral.vault.ServiceName;

/** Edits the choice of a model: the fields that a person may set. */
final class ModelChoiceEdit {

    private final List<ServiceName> providers;
    private @Nullable ServiceName provider;
    private @Nullable String model;
    private @Nullable BigDecimal temperature;
    private @Nullable Integer maxOutputTokens;

    ModelChoiceEdit(ModelChoice before, List<ServiceName> providers) {
        this.providers = providers;
        this.provider = before.provider();
        this.model = before.model();
        this.temperature = before.temperature();
        this.maxOutputTokens = before.maxOutputTokens();
    }

    /** Sets the given fields; a null sets the default again. Another provider has other models, so the model goes with it unless one is given. */
    ModelChoice apply(Map<String, ?> fields) {
        ServiceName before = provider;
        List<FieldError> errors = new ArrayList<>();
        fields.forEach((field, value) -> {
            try {
                set(field, value);
            } catch (Failure refused) {
                errors.addAll(refused.errors());
            }
        });
        if (!errors.isEmpty()) {
            throw Failure.invalid(errors);
        }
        if (provider != before && fields.get("model") == null) {
            model = null;
        }
        return new ModelChoice(provider, model, temperature, maxOutputTokens);
    }

    private void set(String field, @Nullable Object value) {
        switch (field) {
            case "provider" -> provider = value == null ? null : Choice.of(field, "provider", String.valueOf(value), providers);
            case "model" -> model = value == null ? null : model(field, value);
            case "temperature" -> temperature = value == null ? null : temperature(field, value);
            case "max_output_tokens" -> maxOutputTokens = value == null ? null : tokens(field, value);
            default -> throw Failure.unknownField(field);
        }
    }

    private static String model(String field, Object value) {
        if (value instanceof String name && ModelParameters.isModel(name.strip())) {
            return name.strip();
        }
        throw Failure.invalid(field, "This is not the name of a model. Write it as the provider does, such as gpt-6.2-sol.");
    }

    private static BigDecimal temperature(String field, Object value) {
        if (value instanceof Number number) {
            BigDecimal temperature = new BigDecimal(number.toString());
            if (temperature.signum() >= 0 && temperature.compareTo(BigDecimal.valueOf(ModelParameters.MAX_TEMPERATURE)) <= 0
                    && temperature.stripTrailingZeros().scale() <= 2) {
                return temperature;
            }
        }
        throw Failure.invalid(field, "The temperature must be a number from 0 to 2 with at most two decimals.");
    }

    private static Integer tokens(String field, Object value) {
        if (value instanceof Integer tokens && tokens >= ModelParameters.MIN_OUTPUT_TOKENS && tokens <= ModelParameters.MAX_OUTPUT_TOKENS) {
            return tokens;
        }
        throw Failure.invalid(field, "The length must be a whole number of tokens from %d to %d."
                .formatted(ModelParameters.MIN_OUTPUT_TOKENS, ModelParameters.MAX_OUTPUT_TOKENS));
    }
}
