package social.coral.jobs;

import org.springframework.dao.TransientDataAccessException;
import social.coral.api.DatabaseAway;

/** Tells the database's faults that pass by themselves from all others. */
public final class PassingFault {

    private PassingFault() {}

    /** Whether the fault is the database's and passes, so that nothing is failed or finished by it. */
    public static boolean is(Throwable fault) {
        return fault instanceof TransientDataAccessException || DatabaseAway.is(fault);
    }
}
