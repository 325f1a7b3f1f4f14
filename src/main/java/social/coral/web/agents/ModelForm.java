package social.coral.web.agents;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;
import social.coral.agents.ModelChoice;

/** The choice of a model as it is typed; empty is the default. */
public record ModelForm(
        @Nullable String provider,
        @Nullable String model,
        @Nullable String temperature,
        @BindParam("max_output_tokens") @Nullable String maxOutputTokens) {

    static ModelForm of(ModelChoice choice) {
        return new ModelForm(Objects.toString(choice.provider(), ""), choice.model(),
                choice.temperature() == null ? "" : choice.temperature().toPlainString(), Objects.toString(choice.maxOutputTokens(), ""));
    }

    /** Returns the fields with values of their types. What is no number stays a text, which is refused like any wrong value. */
    Map<String, ?> fields() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("provider", text(provider));
        fields.put("model", text(model));
        fields.put("temperature", number(text(temperature)));
        Object tokens = number(text(maxOutputTokens));
        fields.put("max_output_tokens", tokens instanceof BigDecimal whole && whole.scale() == 0 && whole.precision() < 10 ? (Object) whole.intValue() : tokens);
        return fields;
    }

    private static @Nullable Object number(@Nullable String typed) {
        return typed != null && typed.matches("[0-9]{1,9}([.,][0-9]{1,9})?") ? new BigDecimal(typed.replace(',', '.')) : typed;
    }

    private static @Nullable String text(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }
}
