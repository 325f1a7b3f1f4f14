package social.coral.web.usage;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.usage.UsageReport;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Visitor;

/** What did it cost? One month at a time. */
@Controller
final class UsagePage {

    private final UsageReport report;
    private final Clock clock;
    private final Visitor visitor;

    UsagePage(UsageReport report, Clock clock, Visitor visitor) {
        this.report = report;
        this.clock = clock;
        this.visitor = visitor;
    }

    @GetMapping("/settings/usage")
    ModelAndView show(@RequestParam(required = false) @Nullable String month) {
        YearMonth present = YearMonth.now(clock.withZone(ZoneOffset.UTC));
        YearMonth shown = month == null ? present : parse(month);
        YearMonth first = YearMonth.from(visitor.profile().createdAt().atOffset(ZoneOffset.UTC));
        return PageResult.page("usage/show", new UsageView(
                shown, shown.isAfter(first), shown.isBefore(present), report.between(shown.atDay(1), shown.atEndOfMonth())));
    }

    private static YearMonth parse(String month) {
        try {
            YearMonth parsed = YearMonth.parse(month);
            if (parsed.getYear() >= 2000 && parsed.getYear() < 2200) {
                return parsed;
            }
        } catch (DateTimeException e) {
            // Answered below, in the same words as one out of range.
        }
        throw Failure.invalid("month", "The month must be one such as 2026-01.");
    }
}
