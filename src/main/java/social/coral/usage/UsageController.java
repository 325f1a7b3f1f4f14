package social.coral.usage;

import io.swagger.v3.oas.annotations.Operation;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;
import social.coral.api.Page;

@RestController
class UsageController {

    private static final int MAX_DAYS = 366;
    private static final int LAST_YEAR = 9998;

    record Answer(Usage usage) {}

    record CallList(List<LedgerCall> calls) {}

    private final UsageReport report;
    private final Calls calls;

    UsageController(UsageReport report, Calls calls) {
        this.report = report;
        this.calls = calls;
    }

    @GetMapping("/api/user/usage")
    @Operation(summary = "What was used, by service and by day; this month when no days are given")
    Answer usage(@RequestParam(required = false) @Nullable String from, @RequestParam(required = false) @Nullable String to) {
        LocalDate first = from == null ? report.today().withDayOfMonth(1) : day("from", from);
        LocalDate last = to == null ? first.plusMonths(1).withDayOfMonth(1).minusDays(1) : day("to", to);
        if (last.isBefore(first) || ChronoUnit.DAYS.between(first, last) > MAX_DAYS) {
            throw Failure.invalid("to", "The last day must not be before the first one, nor more than a year after it.");
        }
        return new Answer(report.between(first, last));
    }

    @GetMapping("/api/user/usage/calls")
    @Operation(summary = "Lists the calls, the newest first", description = "The outcome is ok, refused or failed; a day is one of your time zone.")
    CallList calls(
            @RequestParam(required = false) @Nullable String service,
            @RequestParam(required = false) @Nullable String agent,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String day,
            Page page) {
        return new CallList(calls.list(new Calls.Filter(
                service, agent, outcome == null ? null : Call.Outcome.of(outcome), day == null ? null : day("day", day)), page));
    }

    private static LocalDate day(String field, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 1 && day.getYear() <= LAST_YEAR) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // Answered below, like a day out of range.
        }
        throw Failure.invalid(field, "\"" + field + "\" must be a day such as 2026-01-31.");
    }
}
