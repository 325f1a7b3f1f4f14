package social.coral.identity;

import java.time.Instant;

/**
 * A session of the pages that was just opened. The value goes into the browser's cookie and is kept nowhere else.
 *
 * @param expiresAt when the session ends, whatever happens
 */
public record BrowserSession(String cookieValue, Instant expiresAt, SignedInPerson person) {

    /** Says whose it is, never the value. */
    @Override
    public String toString() {
        return "BrowserSession of " + person.id();
    }
}
