package social.coral.api;

import java.time.Instant;

/** The range of times that can be stored and shown. PostgreSQL and Java accept times that JSON, pages and other programs do not. */
public final class StorableTime {

    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant BEYOND = Instant.parse("2200-01-01T00:00:00Z");
    private static final Instant LAST = BEYOND.minusSeconds(1);

    private StorableTime() {}

    public static boolean isValid(Instant time) {
        return !time.isBefore(FIRST) && time.isBefore(BEYOND);
    }

    /** Returns the time itself, or the nearest end of the range. */
    public static Instant clamp(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isBefore(BEYOND) ? time : LAST;
    }
}
