package social.coral.services;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import social.coral.egress.EgressResponse;

/** Reads from a {@code Retry-After} header, in seconds or as a date in one of the three forms of HTTP, when to ask again. */
public final class RetryAfter {

    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            new DateTimeFormatterBuilder().appendPattern("EEEE, dd-MMM-").appendValueReduced(ChronoField.YEAR, 2, 2, 2000).appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH).withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC));

    private RetryAfter() {}

    public static Optional<Instant> of(EgressResponse reply, Instant now) {
        Optional<String> value = reply.header("Retry-After").map(String::strip);
        return value.filter(text -> text.matches("[0-9]{1,12}")).map(seconds -> now.plusSeconds(Long.parseLong(seconds)))
                .or(() -> value.flatMap(RetryAfter::date));
    }

    private static Optional<Instant> date(String text) {
        for (DateTimeFormatter form : DATES) {
            try {
                return Optional.of(form.parse(text, Instant::from));
            } catch (DateTimeParseException e) {
                // Perhaps in the next form.
            }
        }
        return Optional.empty();
    }
}
