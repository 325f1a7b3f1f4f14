package social.coral.web.frame;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The words for times: relative to now, with the exact time in the person's zone. */
public record Times(ZoneId zone, Instant now) {

    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter PLANNED = DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    /** {@code just now}, {@code 5 min ago}, {@code in 3 h}, {@code 4 days ago}; further away than a month, the day. */
    public String relative(Instant at) {
        long seconds = Duration.between(at, now).toSeconds();
        long distance = Math.abs(seconds);
        if (distance < 60) {
            return seconds >= 0 ? "just now" : "in a moment";
        }
        if (distance >= Duration.ofDays(30).toSeconds()) {
            return day(at);
        }
        String span = span(Duration.ofSeconds(distance));
        return seconds >= 0 ? span + " ago" : "in " + span;
    }

    /** A length of time in its largest unit: {@code 5 min}, {@code 3 h}, {@code 4 days}. */
    public static String span(Duration length) {
        long seconds = length.toSeconds();
        return seconds < 3600 ? seconds / 60 + " min"
                : seconds < 86_400 ? seconds / 3600 + " h"
                : seconds < 2 * 86_400 ? "1 day" : seconds / 86_400 + " days";
    }

    /** {@code Tue 24 Nov 2026, 09:05:00 (Europe/Berlin)}. */
    public String exact(Instant at) {
        return EXACT.format(at.atZone(zone)) + " (" + zone.getId() + ")";
    }

    /** A time to come, to the minute, in the person's zone: {@code Tue 24 Nov 2026, 09:05}. */
    public String planned(Instant at) {
        return PLANNED.format(at.atZone(zone));
    }

    /** {@code 24 Nov 2026}. */
    public String day(Instant at) {
        return day(at.atZone(zone).toLocalDate());
    }

    public static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** {@code November 2026}. */
    public static String month(YearMonth month) {
        return MONTH.format(month);
    }

    /** As a machine reads it, to the second. */
    public String machine(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
