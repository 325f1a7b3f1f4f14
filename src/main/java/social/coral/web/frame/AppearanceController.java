package social.coral.web.frame;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Stores the chosen theme in the browser. */
@Controller
final class AppearanceController {

    @PostMapping("/appearance")
    ModelAndView choose(
            @RequestParam String theme,
            @RequestParam(required = false) @Nullable String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(Theme.COOKIE, Theme.named(theme).word())
                .path("/").httpOnly(true).sameSite("Lax").secure(request.isSecure()).maxAge(Duration.ofDays(365)).build().toString());
        return PageResult.seeOther(LocalPath.or(next, "/"));
    }
}
