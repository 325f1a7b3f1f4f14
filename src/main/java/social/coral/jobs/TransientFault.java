package social.coral.jobs;

import social.coral.api.DatabaseUnavailable;
import social.coral.api.Failure;

/** Tells the faults of the database, and of a lack of room, that pass by themselves from all others. */
public final class TransientFault {

    private TransientFault() {}

    /** Whether the fault passes, so that nothing is failed or finished by it. */
    public static boolean is(Throwable fault) {
        return fault instanceof Failure failure && failure.status().is5xxServerError() || DatabaseUnavailable.passes(fault);
    }
}
