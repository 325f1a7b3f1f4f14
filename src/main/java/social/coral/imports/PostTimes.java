package social.coral.imports;

import java.math.BigDecimal;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The times in files of posts, strictly as they stand in the calendar, in the forms that read one way: ISO 8601, also with a space for the T,
 * with an offset as PostgreSQL writes it and without leading zeros; months by their English names, as in X's archive, on its pages and in
 * RFC 1123; the seconds, milliseconds or microseconds since 1970. A time without an offset is in UTC.
 */
final class PostTimes {

    /**
     * A time as a file states it.
     *
     * @param isDay whether it states only the day
     * @param namesZone whether it states its offset, or that it is in UTC
     */
    record ParsedTime(Instant time, boolean isDay, boolean namesZone) {}

    /** Longer than any of the forms. */
    private static final int MAX_LENGTH = 100;

    private static final String CLOCK = "[h:mm[:ss]' 'a][H:mm[:ss]]";
    private static final String ZONE = "[' '][XXX][XX][X]";
    /** Of a text as {@link #plain} writes it. */
    private static final List<DateTimeFormatter> FORMS = List.of(
            form("uuuu[-][/][.]M[-][/][.]d[['T'][' ']" + CLOCK + ZONE + "]"),
            form("EEE MMM d HH:mm:ss[ XXX][ XX][ X] uuuu"),
            form("[EEE ]MMM d uuuu[' '" + CLOCK + ZONE + "]"),
            form("[EEE ]d[-][ ]MMM[-][ ]uuuu[' '" + CLOCK + ZONE + "]"),
            form(CLOCK + "' '[MMM d uuuu][d MMM uuuu]"),
            form("uuuuMMdd['T'HHmm[ss]" + ZONE + "]"),
            form("uuuuMMddHHmmss"),
            form("uuuu-DDD['T'HH:mm[:ss]" + ZONE + "]"),
            form(new DateTimeFormatterBuilder().append(DateTimeFormatter.ISO_WEEK_DATE), "['T'HH:mm[:ss]" + ZONE + "]"),
            form("uuuu'年'M'月'd'日'[' '][H:mm[:ss]]"));

    /** As most files have them, which would otherwise take longer to read than the rest of their rows. */
    private static final Pattern ISO_IN_UTC = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?)Z?");
    private static final DateTimeFormatter OF_X = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z uuuu", Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT)
            .withChronology(IsoChronology.INSTANCE);
    private static final int LENGTH_OF_X = "Wed Mar 03 21:05:07 +0000 2021".length();

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern FRACTION = Pattern.compile("(:[0-9]{2}:[0-9]{2})[.,]([0-9]{1,9})(?![0-9])");
    private static final Pattern NAME = Pattern.compile("(?i)\\b(?:(jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?"
            + "|(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday))\\b\\.?");
    private static final Pattern ORDINAL = Pattern.compile("(?i)\\b([0-9]{1,2})(?:st|nd|rd|th)\\b");
    private static final Pattern HALF_OF_DAY = Pattern.compile("(?i)(?<=[0-9]) ?([ap])\\.?m\\b\\.?");
    /** What is written between a day and a time, and the name of a zone beside its offset. */
    private static final Pattern BETWEEN = Pattern.compile("(?i),| at (?=[0-9])|(?<= )[·-] ");
    private static final Pattern ZONE_BESIDE_OFFSET = Pattern.compile("(?i)(?:UTC|GMT)(?=[+-][0-9])|(?<=[+-][0-9]{2}:?[0-9]{2}|Z) ?(?:\\([^()]*\\)|\\[[^\\[\\]]*])$"
            + "|(?<=[+-]00:?00) UTC$");
    private static final Pattern UTC_IN_BRACKETS = Pattern.compile("(?i) ?\\((UTC|GMT)\\)$");
    private static final Pattern UTC = Pattern.compile("(?i) ?\\b(?:UTC|GMT|Z)\\b(?= [0-9]{4}$|$)|(?<=[0-9])(?:UTC|GMT)$");

    private static final Pattern DAY_OR_MONTH = Pattern.compile("([0-9]{1,2})([./-])([0-9]{1,2})\\2([0-9]{4})\\b.*", Pattern.DOTALL);
    private static final Pattern OF_EXCEL = Pattern.compile("[3-5][0-9]{4}(?:[.,][0-9]+)?");
    private static final Pattern SINCE_1970 = Pattern.compile("1[0-9]{9}(?:[0-9]{3}|[0-9]{6})?(?:\\.[0-9]{1,9})?|1\\.[0-9]{9,18}[eE]\\+?0?(?:9|12|15)");
    private static final Pattern ROUNDED_OR_LONG = Pattern.compile("1[0-9.]{0,20}(?:[eE]\\+?[0-9]{1,2})?");
    private static final Pattern NAMED_ZONE = Pattern.compile("(.*[0-9M]) ?((?!AM|PM)[A-Z]{2,5})");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

    private PostTimes() {}

    private static DateTimeFormatter form(String pattern) {
        return form(new DateTimeFormatterBuilder().parseCaseInsensitive(), pattern);
    }

    private static DateTimeFormatter form(DateTimeFormatterBuilder beginning, String pattern) {
        return beginning.appendPattern(pattern).toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT)
                .withChronology(IsoChronology.INSTANCE);
    }

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
        if (text.length() > 5 && ROUNDED_OR_LONG.matcher(text).matches()) {
            return " is a number that a program has rounded or that is no time. Write the time like 2026-11-26T09:30:00Z.";
        }
        Matcher zone = NAMED_ZONE.matcher(text);
        return zone.matches() && parse(zone.group(1)) != null ? " names its time zone in letters that several zones share. Write the offset, as in 2026-11-26T09:30:00-05:00."
                : " is not a valid date. Write it like 2026-11-26 or 2026-11-26T09:30:00Z.";
    }

    private static @Nullable LocalDate date(String year, String month, String day) {
        try {
            return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
        } catch (DateTimeException e) {
            return null;
        }
    }

    static @Nullable Instant parse(String text) {
        ParsedTime parsed = read(text);
        return parsed == null ? null : parsed.time();
    }

    /** Returns null for a text that is no time, or that can be read in two ways. */
    static @Nullable ParsedTime read(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        Instant usual = usual(text);
        if (usual != null) {
            return new ParsedTime(usual, false, text.endsWith("Z") || text.length() == LENGTH_OF_X);
        }
        if (SINCE_1970.matcher(text).matches()) {
            return new ParsedTime(since1970(new BigDecimal(text)), false, true);
        }
        Matcher fraction = FRACTION.matcher(text);
        long nanos = fraction.find() ? Long.parseLong((fraction.group(2) + "00000000").substring(0, 9)) : 0;
        String plain = plain(fraction.replaceFirst("$1"));
        for (DateTimeFormatter form : FORMS) {
            ParsedTime parsed = read(plain, form);
            if (parsed != null) {
                return new ParsedTime(parsed.time().plusNanos(nanos), parsed.isDay(), parsed.namesZone());
            }
        }
        return null;
    }

    /** Reports whether a text is a time that states its offset, or that it is in UTC. */
    static boolean namesZone(String text) {
        ParsedTime parsed = read(text);
        return parsed != null && parsed.namesZone();
    }

    private static @Nullable Instant usual(String text) {
        try {
            Matcher iso = ISO_IN_UTC.matcher(text);
            if (iso.matches()) {
                return LocalDateTime.of(LocalDate.parse(iso.group(1)), LocalTime.parse(iso.group(2))).toInstant(ZoneOffset.UTC);
            }
            return text.length() == LENGTH_OF_X && text.charAt(3) == ' ' ? OffsetDateTime.parse(text, OF_X).toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable ParsedTime read(String plain, DateTimeFormatter form) {
        ParsePosition end = new ParsePosition(0);
        // Most texts are in none but one of the forms, which this shows without an exception.
        if (form.parseUnresolved(plain, end) == null || end.getErrorIndex() >= 0 || end.getIndex() < plain.length()) {
            return null;
        }
        try {
            TemporalAccessor parsed = form.parseBest(plain, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return switch (parsed) {
                case OffsetDateTime time -> new ParsedTime(time.toInstant(), false, true);
                case LocalDateTime time -> new ParsedTime(time.toInstant(ZoneOffset.UTC), false, false);
                default -> new ParsedTime(LocalDate.from(parsed).atStartOfDay().toInstant(ZoneOffset.UTC), true, false);
            };
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Seconds have ten digits until 2286, and what is counted finer three or six more. */
    private static Instant since1970(BigDecimal number) {
        int digits = number.precision() - number.scale();
        BigDecimal seconds = number.movePointLeft(digits - 10);
        return Instant.ofEpochSecond(seconds.longValue(), seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }

    /** Writes in one way what programs and pages write in several: spaces, names of months and days, halves of a day, and UTC. */
    private static String plain(String text) {
        String plain = SPACES.matcher(text.replace('−', '-')).replaceAll(" ").strip();
        plain = NAME.matcher(plain).replaceAll("$1$2");
        plain = ORDINAL.matcher(plain).replaceAll("$1");
        plain = HALF_OF_DAY.matcher(plain).replaceFirst(" $1m");
        plain = BETWEEN.matcher(plain).replaceAll(" ");
        plain = ZONE_BESIDE_OFFSET.matcher(SPACES.matcher(plain).replaceAll(" ")).replaceAll("");
        return UTC.matcher(UTC_IN_BRACKETS.matcher(plain).replaceFirst(" $1")).replaceFirst(" Z").strip();
    }
}
