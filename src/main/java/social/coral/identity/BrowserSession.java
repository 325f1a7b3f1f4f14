package social.coral.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * A browser session that was just opened. The cookie value is stored nowhere else.
 *
 * @param expiresAt when the session ends at the latest
 * @param deviceToken the value of a second cookie, which outlives the session and identifies the browser at the next sign-in
 */
public record BrowserSession(String cookieValue, Instant expiresAt, String deviceToken, SignedInPerson person) {

    public static final Duration DEVICE_TOKEN_LIFETIME = Duration.ofDays(180);

    /** Leaves out the cookie's value. */
    @Override
    public String toString() {
        return "BrowserSession of " + person.id();
    }
}
