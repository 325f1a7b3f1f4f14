package social.coral.api;

import java.time.Instant;

/** A time that can be stored and told: PostgreSQL and Java know many that JSON, pages and other programs do not. */
public final class StorableTime {

    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant BEYOND = Instant.parse("2200-01-01T00:00:00Z");
    private static final Instant LAST = BEYOND.minusSeconds(1);

    private StorableTime() {}

    public static boolean is(Instant time) {
        return !time.isBefore(FIRST) && time.isBefore(BEYOND);
    }

    /** The time itself, or the end of what can be told that is nearest to it. */
    public static Instant nearest(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isBefore(BEYOND) ? time : LAST;
    }
}
