package social.coral.content;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.TimeZones;

/** Parses a scheduled time: an instant, and the zone in which the person chose it. */
public final class PlannedTime {

    private static final Duration FARTHEST = Duration.ofDays(5 * 365);

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    private PlannedTime() {}

    static Instant instant(String field, String text, Instant now) {
        Instant instant;
        try {
            instant = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Failure.invalid(field, "The scheduled time must be ISO-8601 with an offset, such as 2027-01-31T09:00:00Z.");
        }
        if (!instant.isAfter(now)) {
            throw Failure.invalid(field, "The scheduled time must be in the future.");
        }
        if (instant.isAfter(now.plus(FARTHEST))) {
            throw Failure.invalid(field, "The scheduled time must be within five years.");
        }
        return instant;
    }

    /** Returns when the clocks of a zone show this time. Where they are set forward they skip it: then it is refused, with the next one that they show. */
    public static Instant at(String field, LocalDateTime time, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        if (change != null && change.isGap()) {
            throw skipped(field, time, zone, change);
        }
        return time.atZone(zone).toInstant();
    }

    /**
     * Parses a time. One with the offset of its zone, on a day when the clocks skip it, is refused; one in UTC or of elsewhere is not read from them.
     *
     * @param zone null where it is not known
     */
    static Instant instant(String field, String text, @Nullable String zone, Instant now) {
        Instant instant = instant(field, text, now);
        OffsetDateTime told = OffsetDateTime.parse(text);
        ZoneOffsetTransition change = zone == null ? null : ZoneId.of(zone).getRules().getTransition(told.toLocalDateTime());
        if (zone != null && change != null && change.isGap() && !told.getOffset().equals(ZoneOffset.UTC)
                && (told.getOffset().equals(change.getOffsetBefore()) || told.getOffset().equals(change.getOffsetAfter()))) {
            throw skipped(field, told.toLocalDateTime(), ZoneId.of(zone), change);
        }
        return instant;
    }

    private static Failure skipped(String field, LocalDateTime time, ZoneId zone, ZoneOffsetTransition gap) {
        return Failure.invalid(field, "The clocks of " + zone.getId() + " skip " + HOUR.format(time) + " on this day, because they are set forward. The next time is "
                + HOUR.format(gap.getDateTimeAfter()) + ".");
    }

    static String zone(String field, String name) {
        return TimeZones.parse(field, name).getId();
    }
}
