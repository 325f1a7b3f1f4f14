package social.coral.services;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import social.coral.egress.EgressResponse;

/** Reads from a {@code Retry-After} header, in seconds or as a date, when to ask again. */
public final class RetryAfter {

    private RetryAfter() {}

    public static Optional<Instant> of(EgressResponse reply, Instant now) {
        Optional<String> value = reply.header("Retry-After").map(String::strip);
        return value.filter(text -> text.matches("[0-9]{1,12}")).map(seconds -> now.plusSeconds(Long.parseLong(seconds)))
                .or(() -> value.flatMap(RetryAfter::date));
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
