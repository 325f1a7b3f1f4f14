package social.coral.jobs;

import social.coral.api.DatabaseAway;
import social.coral.api.Failure;

/** Tells the faults of the database, and of a lack of room, that pass by themselves from all others. */
public final class PassingFault {

    private PassingFault() {}

    /** Whether the fault passes, so that nothing is failed or finished by it. */
    public static boolean is(Throwable fault) {
        return fault instanceof Failure failure && failure.status().is5xxServerError() || DatabaseAway.passes(fault);
    }
}
