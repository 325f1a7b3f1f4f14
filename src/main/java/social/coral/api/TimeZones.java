package social.coral.api;

import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The IANA time zones that this JDK knows. */
public final class TimeZones {

    public static final String EXPECTED = "The time zone must be an IANA name, such as Europe/Berlin.";

    // The JDK copies all names on each call.
    private static final Set<String> NAMES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private TimeZones() {}

    public static boolean isKnown(@Nullable String name) {
        return name != null && NAMES.contains(name);
    }

    /** Parses the name of a time zone given in this field. */
    public static ZoneId parse(String field, String name) {
        if (!isKnown(name)) {
            throw Failure.invalid(field, EXPECTED);
        }
        return ZoneId.of(name);
    }
}
