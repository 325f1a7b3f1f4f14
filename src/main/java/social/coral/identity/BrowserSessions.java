package social.coral.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Browser sessions, identified by the value of a cookie. */
@Component
public class BrowserSessions {

    private final Sessions sessions;
    private final KnownDevices devices;

    BrowserSessions(Sessions sessions, KnownDevices devices) {
        this.sessions = sessions;
        this.devices = devices;
    }

    /** Opens a session for a person who has just authenticated, in the caller's transaction. */
    BrowserSession open(Person person, Client client, @Nullable String deviceToken) {
        String value = OpaqueToken.generate();
        Session session = sessions.open(person.id(), client, OpaqueToken.hash(value));
        return new BrowserSession(value, session.expiresAt(), devices.rememberBrowser(person.id(), deviceToken),
                new SignedInPerson(person.id(), person.email(), session.id(), session.aal()));
    }

    /** Returns the person whose browser sent this cookie. Asks the database each time. */
    public Optional<SignedInPerson> find(String cookieValue) {
        return sessions.byCookie(OpaqueToken.hash(cookieValue));
    }

    /** Ends the session of this cookie, if there is one. */
    public void end(String cookieValue, Client client) {
        sessions.endByCookie(OpaqueToken.hash(cookieValue), client);
    }
}
