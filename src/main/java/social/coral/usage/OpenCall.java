package social.coral.usage;

import java.time.Duration;
import social.coral.usage.Call.Outcome;

/** A call that may be made: the most that it can cost is reserved until it is settled, released, or an hour has passed. */
public interface OpenCall {

    /** Enters the call in the ledger, with what it used, in place of the reservation. Repeating this changes nothing. */
    void settle(Outcome outcome, Amount used, Duration took);

    /** Settles a call that was cut short by an interrupt of this thread, which stays interrupted. */
    default void settleCutShort(Amount used, Duration took) {
        boolean interrupted = Thread.interrupted();
        try {
            settle(Outcome.CUT_SHORT, used, took);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets the reservation go: nothing was sent, so nothing can be charged. */
    void release();
}
