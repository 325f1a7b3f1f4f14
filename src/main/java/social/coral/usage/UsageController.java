package social.coral.usage;

import io.swagger.v3.oas.annotations.Operation;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;

@RestController
class UsageController {

    private static final int MAX_DAYS = 366;
    private static final int LAST_YEAR = 9998;

    record Answer(Usage usage) {}

    private final UsageReport report;

    UsageController(UsageReport report) {
        this.report = report;
    }

    @GetMapping("/api/user/usage")
    @Operation(summary = "What was used, by service and by day; this month when no days are given")
    Answer usage(@RequestParam(required = false) @Nullable String from, @RequestParam(required = false) @Nullable String to) {
        LocalDate today = report.today();
        LocalDate first = from == null ? today.withDayOfMonth(1) : day("from", from);
        LocalDate last = to == null ? first.plusMonths(1).withDayOfMonth(1).minusDays(1) : day("to", to);
        if (last.isBefore(first) || ChronoUnit.DAYS.between(first, last) > MAX_DAYS) {
            throw Failure.invalid("to", "The last day must not be before the first one, nor more than a year after it.");
        }
        return new Answer(report.between(first, last));
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
