package social.coral.models;

import org.jspecify.annotations.Nullable;

/**
 * How a model is to answer; null for the default of each.
 *
 * @param temperature from 0 to 2; not every model takes one
 * @param maxOutputTokens the longest answer, with what the model writes for itself
 */
public record ModelParameters(@Nullable String model, @Nullable Double temperature, @Nullable Integer maxOutputTokens) {

    public static final ModelParameters DEFAULT = new ModelParameters(null, null, null);

    public static final int MIN_OUTPUT_TOKENS = 16;
    public static final int MAX_OUTPUT_TOKENS = 32_000;
    public static final int DEFAULT_OUTPUT_TOKENS = 4_000;
    public static final double MAX_TEMPERATURE = 2;
    public static final int MAX_MODEL_LENGTH = 100;

    public ModelParameters {
        if (model != null && !isModel(model)
                || temperature != null && !(temperature >= 0 && temperature <= MAX_TEMPERATURE)
                || maxOutputTokens != null && (maxOutputTokens < MIN_OUTPUT_TOKENS || maxOutputTokens > MAX_OUTPUT_TOKENS)) {
            throw new IllegalArgumentException("no parameters of a model");
        }
    }

    /** Reports whether this can be the name of a model; which ones there are, only the provider knows. */
    public static boolean isModel(String name) {
        return name.matches("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}");
    }

    /** Returns these parameters, with those of {@code others} where these say nothing. */
    public ModelParameters orElse(ModelParameters others) {
        return new ModelParameters(model == null ? others.model() : model, temperature == null ? others.temperature() : temperature,
                maxOutputTokens == null ? others.maxOutputTokens() : maxOutputTokens);
    }

    int outputTokens() {
        return maxOutputTokens == null ? DEFAULT_OUTPUT_TOKENS : maxOutputTokens;
    }

    ModelParameters withOutputTokens(int tokens) {
        return new ModelParameters(model, temperature, Math.min(tokens, MAX_OUTPUT_TOKENS));
    }
}
