package social.coral.usage;

import java.time.Duration;
import social.coral.usage.Call.Outcome;

/** A call that may be made: the most that it can cost is reserved until it is settled, released, or an hour has passed. */
public interface OpenCall {

    /** Enters the call in the ledger, with what it used, in place of the reservation. Repeating this changes nothing. */
    void settle(Outcome outcome, Amount used, Duration took);

    /**
     * The same, and keeps the answer in one transaction with it where the caller keeps answers, so that a crash right after it loses none.
     *
     * @param request what tells the request from all others
     */
    default void settle(Outcome outcome, Amount used, Duration took, String request, String answer) {
        settle(outcome, used, took);
    }

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
