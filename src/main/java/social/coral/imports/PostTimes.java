package social.coral.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The times in files of posts, strictly as they stand in the calendar: ISO 8601, also with a space for the T and an offset as
 * PostgreSQL writes it and without leading zeros; the forms of X's archive and of its analytics; RFC 1123. A time without an offset is in UTC.
 */
final class PostTimes {

    private static final List<DateTimeFormatter> FORMS = List.of(
            form(new DateTimeFormatterBuilder().appendPattern("uuuu[-][/]M[-][/]d")
                    .optionalStart()
                    .appendPattern("['T'][' ']H:mm")
                    .optionalStart()
                    .appendPattern(":ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .optionalEnd()
                    .appendPattern("[' ']")
                    .appendPattern("[XXX][XX][X]['UTC']['GMT']")
                    .optionalEnd()),
            form("EEE MMM [ ]d HH:mm:ss Z uuuu"),
            form("[EEE, ]MMM d, uuuu[[','] h:mm[:ss] a]"),
            form("[EEE, ]MMMM d, uuuu[[','] h:mm[:ss] a]"),
            form("h:mm a '·' MMM d, uuuu"),
            form("[EEE, ]d MMM uuuu HH:mm:ss ['GMT'][Z]"));

    private PostTimes() {}

    private static DateTimeFormatter form(String pattern) {
        return form(new DateTimeFormatterBuilder().appendPattern(pattern));
    }

    private static DateTimeFormatter form(DateTimeFormatterBuilder form) {
        DateTimeFormatterBuilder caseless = new DateTimeFormatterBuilder().parseCaseInsensitive().append(form.toFormatter(Locale.ENGLISH));
        return caseless.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT).withChronology(IsoChronology.INSTANCE);
    }

    static @Nullable Instant parse(String text) {
        for (DateTimeFormatter form : FORMS) {
            try {
                TemporalAccessor parsed = form.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
                return switch (parsed) {
                    case OffsetDateTime time -> time.toInstant();
                    case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
                    default -> LocalDate.from(parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
                };
            } catch (DateTimeException e) {
                // The next form is tried.
            }
        }
        return null;
    }
}
