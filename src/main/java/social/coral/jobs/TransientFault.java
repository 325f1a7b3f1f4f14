package social.coral.jobs;

import social.coral.api.DatabaseFailures;
import social.coral.api.Failure;

/** Distinguishes faults that pass by themselves, of the database or for lack of room, from all others. */
public final class TransientFault {

    private TransientFault() {}

    /** Whether the fault passes by itself, so that it must not fail or finish anything. */
    public static boolean is(Throwable fault) {
        return fault instanceof Failure failure && failure.status().is5xxServerError() || DatabaseFailures.isTransient(fault);
    }
}
