package social.coral.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant allows itself to spend beside the limit of its plan, in millionths of a US dollar.
 *
 * @param monthMicroUsd in a month of its own time zone; null for no limit of its own
 * @param dayMicroUsd in a day of its own time zone; null for no limit of its own
 * @param stopped whether it has stopped all calls
 */
public record Budget(@Nullable Long monthMicroUsd, @Nullable Long dayMicroUsd, boolean stopped, @Nullable Instant stoppedAt) {

    static final Budget NONE = new Budget(null, null, false, null);
}
