package social.coral.networks;

import java.time.Duration;

/**
 * One call as a ledger records it; a call that was tried again is recorded each time.
 *
 * @param endpoint the route, such as {@code GET /2/users/{id}/tweets}
 * @param units how many posts or accounts the answer held, which is what the network charges for
 */
public record NetworkCall(String endpoint, int units, Outcome outcome, Duration duration) {

    /** Answered; turned down by the network or by our own gate; or lost to a fault. */
    public enum Outcome {
        OK,
        REFUSED,
        FAILED
    }
}
