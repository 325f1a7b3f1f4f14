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
    private static final String IN_PART = "~";

    public static Toast done(String text) {
        return new Toast(false, text);
    }

    public static Toast problem(String text) {
        return new Toast(true, text);
    }

    /**
     * Keeps it for the next page.
     *
     * @param inPart whether the script that asked swaps the answer into its page; otherwise no script's request takes it, as what is
     *     being typed is looked at while the page is on its way
     */
    void leave(boolean inPart, HttpServletRequest request, HttpServletResponse response) {
        String shown = Ellipsis.after(MAX_LENGTH, text);
        String value = (inPart ? IN_PART : "") + (problem ? "!" : "+") + shown;
        write(request, response, Base64.getUrlEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8)),
                Duration.ofMinutes(1));
    }

    static @Nullable Toast take(HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return null;
        }
        String value;
        try {
            value = new String(Base64.getUrlDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            value = "";
        }
        boolean inPart = value.startsWith(IN_PART);
        if (PageResult.isForScript(request) && !inPart) {
            return null;
        }
        write(request, response, "", Duration.ZERO);
        String told = inPart ? value.substring(IN_PART.length()) : value;
        return told.isEmpty() ? null : new Toast(told.charAt(0) == '!', Ellipsis.after(MAX_LENGTH, told.substring(1)));
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, String value, Duration life) {
        response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(COOKIE, value)
                .path("/").httpOnly(true).sameSite("Lax").secure(request.isSecure()).maxAge(life).build().toString());
    }
}
