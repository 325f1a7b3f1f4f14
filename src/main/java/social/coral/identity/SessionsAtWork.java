package social.coral.identity;

import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.DatabaseUnavailable;
import social.coral.api.Failure;
import social.coral.tenancy.Actor;
import social.coral.tenancy.Tenant;

/** The sessions in which work was asked for that goes on long after its request was let in. */
@Component
public class SessionsAtWork {

    private final Sessions sessions;

    SessionsAtWork(Sessions sessions) {
        this.sessions = sessions;
    }

    /** To be run again and again, on any thread, by what was asked for in the session of the running work: fails once that is over. */
    public Runnable demand() {
        UUID session = Actor.current().session();
        UUID person = Tenant.current().id();
        return () -> {
            if (session != null && isOver(session, person)) {
                throw Failure.of(HttpStatus.UNAUTHORIZED, "session_ended", "The session in which this was begun has ended.");
            }
        };
    }

    /** While the database cannot say, it cannot end a session either; the next look asks again. */
    private boolean isOver(UUID session, UUID person) {
        try {
            return sessions.recentlyAlive(session, person).isEmpty();
        } catch (DataAccessException e) {
            if (DatabaseUnavailable.passes(e)) {
                return false;
            }
            throw e;
        }
    }
}
