package social.coral.usage;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One outgoing call made for a tenant.
 *
 * @param service the service called, such as {@code x} or {@code sandbox}
 * @param endpoint what was called, without parameters
 * @param units what the service charges for, such as posts read
 * @param costMicroUsd the price of all units, in millionths of a US dollar
 * @param run the run that it was made for, if any
 */
public record Call(
        String service, String endpoint, int units, long costMicroUsd, Outcome outcome, Duration took, @Nullable UUID run) {

    /** How the service answered. */
    public enum Outcome {
        OK,
        REFUSED,
        FAILED
    }
}
