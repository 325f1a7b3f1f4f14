package social.coral.web.agents;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;
import social.coral.agents.RunLimits;

/** The limits of an agent's runs as they are typed; empty is the default, and the cost is in dollars. */
public record RunLimitsForm(
        @Nullable String steps,
        @Nullable String calls,
        @Nullable String minutes,
        @BindParam("cost_micro_usd") @Nullable String costMicroUsd) {

    private static final Pattern MONEY = Pattern.compile("[0-9]{1,6}([.][0-9]{1,2})?");

    static RunLimitsForm of(RunLimits limits) {
        Long cost = limits.costMicroUsd();
        return new RunLimitsForm(Objects.toString(limits.steps(), ""), Objects.toString(limits.calls(), ""), Objects.toString(limits.minutes(), ""),
                cost == null ? "" : BigDecimal.valueOf(cost, 6).stripTrailingZeros().setScale(2, RoundingMode.HALF_UP).toPlainString());
    }

    /** Returns the fields with values of their types. What is no number stays a text, which is refused like any wrong value. */
    Map<String, ?> fields() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("steps", whole(steps));
        fields.put("calls", whole(calls));
        fields.put("minutes", whole(minutes));
        String typed = text(costMicroUsd);
        String dollars = typed == null ? null : typed.replace("$", "").strip().replace(',', '.');
        fields.put("cost_micro_usd", dollars != null && MONEY.matcher(dollars).matches()
                ? (Object) new BigDecimal(dollars).movePointRight(6).longValueExact() : typed);
        return fields;
    }

    private static @Nullable Object whole(@Nullable String typed) {
        String text = text(typed);
        return text != null && text.matches("[0-9]{1,9}") ? (Object) Integer.valueOf(text) : text;
    }

    private static @Nullable String text(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }
}
