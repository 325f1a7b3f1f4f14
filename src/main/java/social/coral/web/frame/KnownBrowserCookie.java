package social.coral.web.frame;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;
import social.coral.identity.BrowserSession;
import social.coral.installation.PublicAddress;
import social.coral.tenancy.Databases;

/**
 * The cookie that identifies a browser at the next sign-in, so that strangers' guesses do not lock its person out. It proves
 * nothing, outlives the session, and is sent only to the sign-in pages.
 */
@Component
public class KnownBrowserCookie {

    private final String name;
    private final PublicAddress address;

    KnownBrowserCookie(Databases databases, PublicAddress address) {
        this.name = "coral_browser_" + databases.mark();
        this.address = address;
    }

    /** The value that the browser sent, if any. */
    public @Nullable String read(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, name)).map(Cookie::getValue).filter(value -> !value.isEmpty()).orElse(null);
    }

    /** Sets the mark for the browser to keep. */
    public void set(HttpServletRequest request, HttpServletResponse response, BrowserSession session) {
        response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(name, session.deviceToken())
                .httpOnly(true)
                .sameSite("Strict")
                .path("/auth")
                .secure(request.isSecure() || address.isSecure())
                .maxAge(BrowserSession.DEVICE_TOKEN_LIFETIME)
                .build()
                .toString());
    }
}
