package social.coral.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * A session of the pages that was just opened. The value goes into the browser's cookie and is kept nowhere else.
 *
 * @param expiresAt when the session ends, whatever happens
 * @param mark what goes into another cookie that outlives the session, and tells the browser from strangers at the next sign-in
 */
public record BrowserSession(String cookieValue, Instant expiresAt, String mark, SignedInPerson person) {

    /** How long a browser is known after its person signed in with it. */
    public static final Duration KNOWN_FOR = Duration.ofDays(180);

    /** Says whose it is, never the value. */
    @Override
    public String toString() {
        return "BrowserSession of " + person.id();
    }
}
