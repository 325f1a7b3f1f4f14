package social.coral.content;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import social.coral.api.Failure;
import social.coral.api.TimeZones;

/** Parses a scheduled time: an instant, and the zone in which the person chose it. */
final class PlannedTime {

    private static final Duration FARTHEST = Duration.ofDays(5 * 365);

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

    static String zone(String field, String name) {
        return TimeZones.parse(field, name).getId();
    }
}
