package social.coral.web.usage;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.usage.Call;
import social.coral.usage.Calls;
import social.coral.web.frame.Option;

/** Which calls are shown; null for all. */
public record CallFilter(@Nullable String service, @Nullable String agent, @Nullable String outcome, @Nullable String day) {

    public static final List<Option> OUTCOMES = Option.list("ok", "Answered", "refused", "Refused", "failed", "Failed", "cut_short", "Cut short");

    Calls.Filter wanted(List<Option> services, List<Option> agents) {
        String result = Option.chosen("outcome", outcome, OUTCOMES);
        return new Calls.Filter(
                emptyToNull(Option.chosen("service", service, services)),
                emptyToNull(Option.chosen("agent", agent, agents)),
                result.isEmpty() ? null : Call.Outcome.of(result),
                day(day == null ? "" : day.strip()));
    }

    private static @Nullable LocalDate day(String text) {
        try {
            LocalDate day = text.isEmpty() ? null : LocalDate.parse(text);
            if (day == null || day.getYear() >= 1970 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // Answered below, like a day out of range.
        }
        throw Failure.invalid("day", "Enter the day like 2026-01-31.");
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
