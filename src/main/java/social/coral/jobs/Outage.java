package social.coral.jobs;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** Logs once when the database becomes unreachable and once when it is back, however many callers report it. */
final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private boolean under;

    synchronized void began(RuntimeException fault) {
        if (!under) {
            under = true;
            if (TransientFault.is(fault)) {
                log.warn("The database cannot be reached; what is due waits until it can ({})",
                        NestedExceptionUtils.getMostSpecificCause(fault).getMessage());
            } else {
                log.error("What is due cannot be looked for; it is tried again each second", fault);
            }
        }
    }

    synchronized void ended() {
        if (under) {
            under = false;
            log.warn("The database can be reached again; work that is due continues");
        }
    }
}
