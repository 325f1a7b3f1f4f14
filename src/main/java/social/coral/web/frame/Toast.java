package social.coral.web.frame;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * A sentence about what an action did, shown once, on the next page of this browser. It is sent in a cookie, so that it survives
 * the redirect after a form without a session on the server.
 */
public record Toast(boolean problem, String text) {

    private static final String COOKIE = "coral_toast";
    private static final int MAX_LENGTH = 600;

    public static Toast done(String text) {
        return new Toast(false, text);
    }

    public static Toast problem(String text) {
        return new Toast(true, text);
    }

    /** Keeps it for the next page. */
    public void leave(HttpServletRequest request, HttpServletResponse response) {
        String shown = Ellipsis.after(MAX_LENGTH, text);
        String value = (problem ? "!" : "+") + shown;
        write(request, response, Base64.getUrlEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8)),
                Duration.ofMinutes(1));
    }

    static @Nullable Toast take(HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return null;
        }
        write(request, response, "", Duration.ZERO);
        try {
            String value = new String(Base64.getUrlDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8);
            return value.isEmpty() ? null : new Toast(value.charAt(0) == '!', Ellipsis.after(MAX_LENGTH, value.substring(1)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, String value, Duration life) {
        response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(COOKIE, value)
                .path("/").httpOnly(true).sameSite("Lax").secure(request.isSecure()).maxAge(life).build().toString());
    }
}
