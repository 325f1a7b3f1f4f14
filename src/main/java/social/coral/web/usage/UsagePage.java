package social.coral.web.usage;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.usage.Usage;
import social.coral.usage.UsageReport;
import social.coral.web.frame.Download;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Visitor;

/** What did it cost? One month at a time. */
@Controller
@RequestMapping("/settings/usage")
public final class UsagePage {

    private static final Pattern MONTH = Pattern.compile("[1-8]\\d{3}-(0[1-9]|1[0-2])");

    private final UsageReport report;
    private final Clock clock;
    private final Visitor visitor;

    UsagePage(UsageReport report, Clock clock, Visitor visitor) {
        this.report = report;
        this.clock = clock;
        this.visitor = visitor;
    }

    @GetMapping
    ModelAndView show(@RequestParam(defaultValue = "") String month) {
        try {
            return page(month(month));
        } catch (Failure refused) {
            return PageResult.refused(page(last()).addObject("problem", refused.sentence()));
        }
    }

    private ModelAndView page(YearMonth shown) {
        YearMonth first = first();
        YearMonth last = last();
        return PageResult.page("usage/show")
                .addObject("month", shown)
                .addObject("previous", !shown.isAfter(first) ? null : shown.isAfter(last) ? last : shown.minusMonths(1))
                .addObject("next", !shown.isBefore(last) ? null : shown.isBefore(first) ? first : shown.plusMonths(1))
                .addObject("usage", usage(shown));
    }

    @GetMapping("/download")
    void download(@RequestParam(defaultValue = "") String month, HttpServletResponse response) throws IOException {
        YearMonth shown = month(month);
        Download.<Usage.ByDay>csv(response, "coral-usage-" + shown + ".csv", List.of("day", "calls", "cost_micro_usd"),
                last -> last == null ? usage(shown).byDay() : List.of(),
                day -> new Object[] {day.day(), day.calls(), day.costMicroUsd()});
    }

    private Usage usage(YearMonth month) {
        return report.between(month.atDay(1), month.atEndOfMonth());
    }

    /** Returns the month that was asked for; this month when none was. */
    private YearMonth month(String text) {
        if (text.isBlank()) {
            return last();
        }
        if (MONTH.matcher(text).matches()) {
            return YearMonth.parse(text);
        }
        throw Failure.invalid("month", "The month must be one such as 2026-01.");
    }

    private YearMonth first() {
        return YearMonth.from(visitor.profile().createdAt().atZone(zone()));
    }

    private YearMonth last() {
        return YearMonth.now(clock.withZone(zone()));
    }

    private ZoneId zone() {
        return ZoneId.of(visitor.profile().timeZone());
    }

    /** Returns the name of a service for people. */
    public static String serviceName(String service) {
        return switch (service) {
            case "x" -> "X";
            case "sandbox" -> "Sandbox";
            default -> service;
        };
    }
}
