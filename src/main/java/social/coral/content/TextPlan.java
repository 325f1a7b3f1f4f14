package social.coral.content;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a new text is to go out.
 *
 * @param at null where no time was given
 * @param timeZone the zone in which a person reads the time
 */
record TextPlan(@Nullable Instant at, @Nullable String timeZone) {

    /**
     * Reads what was given of it; 400 naming the field for what cannot be read, or is not in the future.
     *
     * @param own the person's own zone, which a text without one gets
     */
    static TextPlan of(@Nullable String scheduledFor, @Nullable String timeZone, Supplier<@Nullable String> own) {
        String zone = timeZone == null ? own.get() : PlannedTime.zone("time_zone", timeZone);
        return new TextPlan(scheduledFor == null ? null : PlannedTime.instant("scheduled_for", scheduledFor, zone, Instant.now()), zone);
    }
}
