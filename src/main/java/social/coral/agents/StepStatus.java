package social.coral.agents;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of a step. {@link #toString()} is the word in the API, the database and the pages. */
public enum StepStatus {
    /** Announced by {@link Run#plan} and not begun. */
    PLANNED,
    RUNNING,
    /** Begun, and continued when the run is. */
    WAITING,
    SUCCEEDED,
    FAILED,
    /** What it is about no longer exists. */
    SKIPPED,
    CANCELLED;

    /** The status of a stored name. */
    static StepStatus named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
