package social.coral.identity;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Sessions of the pages, found by the value of the browser's cookie. */
@Component
public class BrowserSessions {

    private final Sessions sessions;

    BrowserSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Opens a session for somebody who has just proven who they are. */
    BrowserSession open(Person person, Client client) {
        String value = OpaqueToken.fresh();
        Session session = sessions.open(person.id(), client, OpaqueToken.hash(value));
        return new BrowserSession(
                value, session.expiresAt(), new SignedInPerson(person.id(), person.email(), session.id(), session.aal()));
    }

    /** The person whose browser sent this cookie, or nobody; asks the database each time. */
    public Optional<SignedInPerson> find(String cookieValue) {
        return sessions.byCookie(OpaqueToken.hash(cookieValue));
    }

    /** Ends the session of this cookie; a cookie of no session is no fault. */
    public void end(String cookieValue, Client client) {
        sessions.endByCookie(OpaqueToken.hash(cookieValue), client);
    }
}
