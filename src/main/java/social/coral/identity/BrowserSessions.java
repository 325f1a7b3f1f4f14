package social.coral.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sessions of the pages, found by the value of the browser's cookie. */
@Component
public class BrowserSessions {

    private final Sessions sessions;
    private final KnownDevices familiar;

    BrowserSessions(Sessions sessions, KnownDevices familiar) {
        this.sessions = sessions;
        this.familiar = familiar;
    }

    /** Opens a session for somebody who has just proven who they are, in the transaction that is open around it. */
    BrowserSession open(Person person, Client client, @Nullable String mark) {
        String value = OpaqueToken.fresh();
        Session session = sessions.open(person.id(), client, OpaqueToken.hash(value));
        return new BrowserSession(value, session.expiresAt(), familiar.browser(person.id(), mark),
                new SignedInPerson(person.id(), person.email(), session.id(), session.aal()));
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
