package social.coral.tenancy;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ValueRange;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Choice;
import social.coral.api.Failure;
import social.coral.api.Page;

@RestController
class AuditController {

    record Listed(List<AuditLog.Entry> audit) {}

    private static final String ONE_AGENT = "agent ";
    private static final ValueRange TOLD = ValueRange.of(1, 9999);

    private final AuditLog log;

    AuditController(AuditLog log) {
        this.log = log;
    }

    @GetMapping("/api/user/audit")
    @Operation(summary = "Lists who changed what of your data or opened one of your keys, the newest first", description = """
            `actor` is `person`, `agent`, `system` or `anonymous` (not signed in); `action` is a thing (`api_key`) or a thing and what was \
            done to it (`api_key.opened`); `q` finds entries that hold each of its words, as they are stored or as the page shows them; \
            `from` and `to` are times. What is repeated more than 200 times on a day is entered in one, whose subject says \
            how many, from when to when, and the last. Entries are never changed or deleted, and each `hash` covers the one before it.""")
    Listed list(
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(name = "q", defaultValue = "") String words,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            Page page) {
        if (!actor.isEmpty() && !actor.startsWith(ONE_AGENT)) {
            Choice.of("actor", "actor", actor, AuditLog.ACTORS);
        }
        AuditLog.Filter all = AuditLog.Filter.ALL;
        return new Listed(log.list(
                new AuditLog.Filter(actor, action, words, time("from", from, all.from()), time("to", to, all.to())), page));
    }

    private static Instant time(String field, String text, Instant otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (TOLD.isValidValue(time.getYear())) {
                return time.toInstant();
            }
        } catch (DateTimeParseException e) {
            // Answered below, like a time that the database cannot store.
        }
        throw Failure.invalid(field, "\"" + field + "\" must be a time such as 2026-01-31T12:00:00Z, in the years 1 to 9999.");
    }
}
