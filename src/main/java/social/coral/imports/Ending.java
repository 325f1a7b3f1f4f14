package social.coral.imports;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import social.coral.api.Failure;
import social.coral.portability.ImportFault;

/** How an import ended. */
public enum Ending {
    /** Everything was read. */
    COMPLETE("Complete"),
    /** A file could not be read, or not to its end. */
    UNREADABLE("Not everything was read"),
    /** Its person stopped it. */
    STOPPED("Stopped"),
    FAILED("Ended early");

    private final String title;

    Ending(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    static Ending of(ImportResult result) {
        return result.broken() == null ? COMPLETE : UNREADABLE;
    }

    static Ending of(Failure fault) {
        return fault.code().equals(ImportFault.STOPPED) ? STOPPED : FAILED;
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
