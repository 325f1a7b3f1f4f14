package social.coral.agents;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import social.coral.api.Choice;

/** The state of a run. {@link #toString()} is the word in the API, the database and the pages. */
public enum RunStatus {
    /** Taken up as soon as a worker is free. */
    QUEUED,
    RUNNING,
    /** Continues by itself at a known time, or when what it waits for is there. */
    WAITING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether it has ended. */
    public boolean isOver() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    static RunStatus named(String name) {
        return Choice.of("status", "status", name, List.of(values()));
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
