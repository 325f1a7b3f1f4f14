package social.coral.usage;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.api.Choice;

/**
 * A call to a service, as it is planned and charged; one that is tried again is a call of its own each time.
 *
 * @param service the service called, such as {@code x} or {@code openai}
 * @param endpoint what is called, without parameters, such as {@code GET /2/users/{id}/tweets}
 * @param model the language model that answers, if one does
 * @param unit what the service charges for beside tokens, such as {@code post}
 */
public record Call(String service, String endpoint, @Nullable String model, String unit) {

    /** Answered; turned down by the service or by our own gate; lost to a fault; or ended by us before its answer was complete. */
    public enum Outcome {
        OK,
        REFUSED,
        FAILED,
        CUT_SHORT;

        /** Returns the outcome of this name; 400 with all of them otherwise. */
        public static Outcome of(String name) {
            return Choice.of("outcome", "outcome", name, List.of(values()));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A call that no model answers. */
    public Call(String service, String endpoint, String unit) {
        this(service, endpoint, null, unit);
    }
}
