package social.coral.web.frame;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import social.coral.identity.BrowserSession;
import social.coral.installation.PublicAddress;
import social.coral.tenancy.Databases;

/**
 * The cookie that holds a browser's session. Scripts cannot read it, and other sites' forms do not send it. Browsers keep
 * cookies by host, whatever the port, so its name is the installation's own: two on one host leave each other's alone.
 */
@Component
public class SessionCookie {

    private final String name;
    private final PublicAddress address;

    SessionCookie(Databases databases, PublicAddress address) {
        this.name = "coral_session_" + databases.mark();
        this.address = address;
    }

    public String name() {
        return name;
    }

    /** The value that the browser sent, if any. */
    public Optional<String> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (name.equals(cookie.getName()) && !cookie.getValue().isEmpty()) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /** Sets the session that was just opened, for as long as it lasts. */
    public void set(HttpServletRequest request, HttpServletResponse response, BrowserSession session) {
        add(request, response, session.cookieValue(), Duration.between(Instant.now(), session.expiresAt()));
    }

    /** Removes the cookie; the session itself is ended by {@code BrowserSessions.end}. */
    public void clear(HttpServletRequest request, HttpServletResponse response) {
        add(request, response, "", Duration.ZERO);
    }

    private void add(HttpServletRequest request, HttpServletResponse response, String value, Duration lifetime) {
        // Over plain HTTP, as in a home network, a browser would not keep a cookie that is marked secure.
        boolean secure = request.isSecure() || address.isSecure();
        response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(name, value)
                .httpOnly(true)
                .sameSite("Lax")
                .path("/")
                .secure(secure)
                .maxAge(lifetime)
                .build()
                .toString());
    }
}
