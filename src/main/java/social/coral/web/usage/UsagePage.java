package social.coral.web.usage;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.usage.Usage;
import social.coral.usage.UsageReport;
import social.coral.web.frame.Download;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Visitor;

/** What did it cost? One month at a time. */
@Controller
@RequestMapping("/settings/usage")
public final class UsagePage {

    private final UsageReport report;
    private final Clock clock;
    private final Visitor visitor;

    UsagePage(UsageReport report, Clock clock, Visitor visitor) {
        this.report = report;
        this.clock = clock;
        this.visitor = visitor;
    }

    @GetMapping
    ModelAndView show(@RequestParam(required = false) @Nullable YearMonth month) {
        YearMonth shown = within(month);
        return PageResult.page("usage/show")
                .addObject("month", shown)
                .addObject("first", first())
                .addObject("last", last())
                .addObject("usage", usage(shown));
    }

    @GetMapping("/download")
    void download(@RequestParam(required = false) @Nullable YearMonth month, HttpServletResponse response) throws IOException {
        YearMonth shown = within(month);
        Download.<Usage.ByDay>csv(response, "coral-usage-" + shown + ".csv", List.of("day", "calls", "cost_micro_usd"),
                last -> last == null ? usage(shown).byDay() : List.of(),
                day -> new Object[] {day.day(), day.calls(), day.costMicroUsd()});
    }

    private Usage usage(YearMonth month) {
        return report.between(month.atDay(1), month.atEndOfMonth());
    }

    /** Returns the month, or the nearest of those in which something can have been used. */
    private YearMonth within(@Nullable YearMonth month) {
        return month == null || month.isAfter(last()) ? last() : month.isBefore(first()) ? first() : month;
    }

    private YearMonth first() {
        return YearMonth.from(visitor.profile().createdAt().atOffset(ZoneOffset.UTC));
    }

    private YearMonth last() {
        return YearMonth.now(clock.withZone(ZoneOffset.UTC));
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
