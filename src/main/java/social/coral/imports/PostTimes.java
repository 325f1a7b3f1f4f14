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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

    private PostTimes() {}

    private static DateTimeFormatter form(String pattern) {
        return form(new DateTimeFormatterBuilder().appendPattern(pattern));
    }

    private static DateTimeFormatter form(DateTimeFormatterBuilder form) {
        DateTimeFormatterBuilder caseless = new DateTimeFormatterBuilder().parseCaseInsensitive().append(form.toFormatter(Locale.ENGLISH));
        return caseless.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT).withChronology(IsoChronology.INSTANCE);
    }

    private static final Pattern NAMED_UTC = Pattern.compile("(?:UTC|GMT)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern DAY_OR_MONTH = Pattern.compile("([0-9]{1,2})([./-])([0-9]{1,2})\\2([0-9]{4})\\b.*", Pattern.DOTALL);
    private static final Pattern OF_EXCEL = Pattern.compile("[3-5][0-9]{4}(?:[.,][0-9]+)?");
    private static final Pattern SECONDS = Pattern.compile("1[0-9]{9}(?:[0-9]{3})?(?:\\.0+)?");

    /** Returns what is wrong with a text that is no time, and how to write it, as the rest of a sentence that begins with it. */
    static String fault(String text) {
        Matcher numbers = DAY_OR_MONTH.matcher(text);
        if (numbers.matches()) {
            LocalDate dayFirst = date(numbers.group(4), numbers.group(3), numbers.group(1));
            LocalDate monthFirst = numbers.group(2).equals(".") ? null : date(numbers.group(4), numbers.group(1), numbers.group(3));
            LocalDate one = dayFirst == null ? monthFirst : dayFirst;
            if (one != null) {
                return dayFirst != null && monthFirst != null && !dayFirst.equals(monthFirst)
                        ? " can be %s or %s. Write it as %s or %s.".formatted(DAY.format(dayFirst), DAY.format(monthFirst), dayFirst, monthFirst)
                        : " is not written year first. Write it as %s.".formatted(one);
            }
        }
        if (OF_EXCEL.matcher(text).matches()) {
            return " is a date as Excel stores it. Format the column as a date such as 2026-11-26, then export again.";
        }
        return SECONDS.matcher(text).matches() ? " counts the seconds since 1970. Write the time like 2026-11-26T09:30:00Z."
                : " is not a time in the calendar. Write it like 2026-11-26 or 2026-11-26T09:30:00Z.";
    }

    private static @Nullable LocalDate date(String year, String month, String day) {
        try {
            return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
        } catch (DateTimeException e) {
            return null;
        }
    }

    static @Nullable Instant parse(String text) {
        return switch (parsed(text)) {
            case null -> null;
            case OffsetDateTime time -> time.toInstant();
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            case TemporalAccessor day -> LocalDate.from(day).atStartOfDay().toInstant(ZoneOffset.UTC);
        };
    }

    /** Reports whether a time names its zone. */
    static boolean namesZone(String text) {
        return parsed(text) instanceof OffsetDateTime || NAMED_UTC.matcher(text).find();
    }

    private static @Nullable TemporalAccessor parsed(String text) {
        for (DateTimeFormatter form : FORMS) {
            try {
                return form.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            } catch (DateTimeException e) {
                // The next form is tried.
            }
        }
        return null;
    }
}
