package social.coral.web.agents;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;
import social.coral.agents.RunLimits;
import social.coral.web.frame.Figures;

/** The limits of an agent's runs as they are typed; empty is the default, and the cost is in dollars. */
public record RunLimitsForm(
        @Nullable String steps,
        @Nullable String calls,
        @Nullable String minutes,
        @BindParam("cost_micro_usd") @Nullable String costMicroUsd,
        @BindParam("hours_apart") @Nullable String hoursApart,
        @Nullable String parts) {

    private static final Pattern MONEY = Pattern.compile("[0-9]{1,6}([.][0-9]{1,2})?");

    /** The limits in words, each of which has a value: {@code At most 1,000 steps and 120 minutes}. */
    public static String words(RunLimits limits, boolean makesCalls) {
        List<String> words = new ArrayList<>(List.of(Figures.count(orNone(limits.steps()), "step", "steps"),
                Figures.count(orNone(limits.minutes()), "minute", "minutes")));
        if (makesCalls) {
            words.add(1, Figures.count(orNone(limits.calls()), "call", "calls"));
            words.add(Figures.money(limits.costMicroUsd() == null ? 0 : limits.costMicroUsd()));
        }
        return "At most " + Figures.listed(words);
    }

    private static int orNone(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    static RunLimitsForm of(RunLimits limits) {
        Long cost = limits.costMicroUsd();
        return new RunLimitsForm(Objects.toString(limits.steps(), ""), Objects.toString(limits.calls(), ""), Objects.toString(limits.minutes(), ""),
                cost == null ? "" : BigDecimal.valueOf(cost, 6).stripTrailingZeros().setScale(2, RoundingMode.HALF_UP).toPlainString(),
                Objects.toString(limits.hoursApart(), ""), Objects.toString(limits.parts(), ""));
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
        fields.put("hours_apart", whole(hoursApart));
        fields.put("parts", whole(parts));
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
