package social.coral.web.frame;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/** The theme that a person chose for this browser. */
public enum Theme {
    SYSTEM,
    LIGHT,
    DARK;

    static final String COOKIE = "coral_theme";

    static Theme of(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return cookie == null ? SYSTEM : named(cookie.getValue());
    }

    static Theme named(@Nullable String word) {
        for (Theme theme : values()) {
            if (theme.word().equals(word)) {
                return theme;
            }
        }
        return SYSTEM;
    }

    /** The name in the cookie and in the page. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The theme before any script runs: only the browser knows the system's preference. */
    public String beforeScripts() {
        return this == DARK ? "dark" : "light";
    }
}
