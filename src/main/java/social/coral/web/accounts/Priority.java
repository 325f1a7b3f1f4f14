package social.coral.web.accounts;

import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/** Reads a priority as a person types it. */
final class Priority {

    private Priority() {}

    /** Null where nothing was typed. */
    static @Nullable Integer read(String typed) {
        if (typed.isBlank()) {
            return null;
        }
        try {
            int priority = Integer.parseInt(typed.strip());
            if (priority >= 0 && priority <= 100) {
                return priority;
            }
        } catch (NumberFormatException e) {
            // Answered below, in the same words as a number out of range.
        }
        throw Failure.invalid("priority", "The priority must be a whole number from 0 to 100.");
    }
}
