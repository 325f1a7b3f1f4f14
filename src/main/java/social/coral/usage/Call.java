package social.coral.usage;

import java.time.Duration;

/**
 * One outgoing call made for a tenant; a call that was tried again is one each time.
 *
 * @param service the service called, such as {@code x} or {@code sandbox}
 * @param endpoint what was called, without parameters, such as {@code GET /2/users/{id}/tweets}
 * @param unit what the service charges for, such as {@code post}
 * @param units how many of them the answer held
 */
public record Call(String service, String endpoint, String unit, int units, Outcome outcome, Duration took) {

    /** Answered; turned down by the service or by our own gate; or lost to a fault. */
    public enum Outcome {
        OK,
        REFUSED,
        FAILED
    }
}
