package social.coral.web.usage;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.usage.BudgetFailure;
import social.coral.usage.Budgets;
import social.coral.usage.Meter;
import social.coral.usage.PlanLimits;
import social.coral.usage.Standings;
import social.coral.usage.StatementLine;
import social.coral.usage.UsageReport;
import social.coral.web.frame.Download;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Visitor;

/** What did it cost, and what may it cost? One month at a time; for the present one also where the limits stand. */
@Controller
@RequestMapping("/settings/usage")
final class UsagePage {

    /** Nothing was used longer ago, and nothing is known of months to come. */
    private static final int MAX_YEARS_AWAY = 50;
    private static final Pattern MONTH = Pattern.compile("[1-8]\\d{3}-(0[1-9]|1[0-2])");

    private final UsageReport report;
    private final Standings standings;
    private final PlanLimits plan;
    private final Meter meter;
    private final Budgets budgets;
    private final BudgetRuns runs;
    private final Agents agents;
    private final Clock clock;
    private final Visitor visitor;

    UsagePage(UsageReport report, Standings standings, PlanLimits plan, Meter meter, Budgets budgets, BudgetRuns runs, Agents agents,
            Clock clock, Visitor visitor) {
        this.report = report;
        this.standings = standings;
        this.plan = plan;
        this.meter = meter;
        this.budgets = budgets;
        this.runs = runs;
        this.agents = agents;
        this.clock = clock;
        this.visitor = visitor;
    }

    @GetMapping
    ModelAndView show(@RequestParam(defaultValue = "") String month) {
        try {
            return PageResult.page("usage/show", view(month(month), null));
        } catch (Failure refused) {
            return PageResult.refused("usage/show", view(last(), refused.sentence()));
        }
    }

    private UsageView view(YearMonth shown, @Nullable String problem) {
        YearMonth first = first();
        YearMonth last = last();
        return new UsageView(
                shown,
                !shown.isAfter(first) ? null : shown.isAfter(last) ? last : shown.minusMonths(1),
                !shown.isBefore(last) ? null : shown.isBefore(first) ? first : shown.plusMonths(1),
                report.between(shown.atDay(1), shown.atEndOfMonth()),
                report.byDayAndService(shown.atDay(1), shown.atEndOfMonth()),
                shown.equals(last) ? now() : null,
                problem);
    }

    private UsageView.Now now() {
        return new UsageView.Now(standings.now(), budgets.agents(), report.forecast().orElse(null), meter.stopped().map(UsagePage::stopped).orElse(null),
                runs.waiting(), agents.titles(), plan.current());
    }

    private static String stopped(Failure stopped) {
        return BudgetFailure.isOfTheOperator(stopped) ? stopped.sentence() : "You stopped all spending, so nothing is called until you allow it again below.";
    }

    @GetMapping("/download")
    void download(@RequestParam(defaultValue = "") String month, HttpServletResponse response) throws IOException {
        YearMonth shown = month(month);
        Download.<StatementLine>csv(response, "coral-usage-" + shown + ".csv",
                List.of("day", "agent", "service", "unit", "calls", "units", "input_tokens", "output_tokens", "cost_micro_usd"),
                last -> report.statement(shown.atDay(1), shown.atEndOfMonth(), last, Page.MAX_LIMIT),
                line -> new Object[] {line.day(), line.agent(), line.service(), line.unit(), line.calls(), line.units(),
                    line.inputTokens(), line.outputTokens(), line.costMicroUsd()});
    }

    @GetMapping("/statement")
    void statement(@RequestParam(defaultValue = "") String month, HttpServletResponse response) throws IOException {
        YearMonth shown = month(month);
        Download.file(response, MediaType.APPLICATION_PDF, "coral-usage-" + shown + ".pdf");
        new StatementPdf().write(response.getOutputStream(), visitor.profile(), shown, report.between(shown.atDay(1), shown.atEndOfMonth()),
                report.byDayAndService(shown.atDay(1), shown.atEndOfMonth()));
    }

    /** Returns the month that was asked for; this month when none was. */
    private YearMonth month(String text) {
        if (text.isBlank()) {
            return last();
        }
        if (MONTH.matcher(text).matches() && Math.abs(YearMonth.parse(text).getYear() - last().getYear()) <= MAX_YEARS_AWAY) {
            return YearMonth.parse(text);
        }
        throw Failure.invalid("month", "Enter the month like 2026-01.");
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
}
