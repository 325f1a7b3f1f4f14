package social.coral.identity;

import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.DatabaseFailures;
import social.coral.api.Failure;
import social.coral.tenancy.Actor;
import social.coral.tenancy.Tenant;

/** Lets long-running work stop when the session that started it has ended. */
@Component
public class SessionCheck {

    private final Sessions sessions;

    SessionCheck(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Returns a check that throws once the current session has ended. It can run on any thread. */
    public Runnable ofCurrentSession() {
        UUID session = Actor.current().session();
        UUID person = Tenant.current().id();
        return () -> {
            if (session != null && hasEnded(session, person)) {
                throw Failure.of(HttpStatus.UNAUTHORIZED, "session_ended", "The session that started this has ended.");
            }
        };
    }

    /** While the database is unavailable no session can end either, so the next check decides. */
    private boolean hasEnded(UUID session, UUID person) {
        try {
            return sessions.findActiveCached(session, person).isEmpty();
        } catch (DataAccessException e) {
            if (DatabaseFailures.isTransient(e)) {
                return false;
            }
            throw e;
        }
    }
}
