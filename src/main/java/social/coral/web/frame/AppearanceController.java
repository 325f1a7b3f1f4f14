package social.coral.web.frame;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Stores the chosen theme in the browser. */
@Controller
final class AppearanceController {

    private final Landing landing;

    AppearanceController(Landing landing) {
        this.landing = landing;
    }

    @PostMapping("/appearance")
    ModelAndView choose(
            @RequestParam String theme,
            @RequestParam(defaultValue = "") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(Theme.COOKIE, Theme.named(theme).word())
                .path("/").httpOnly(true).sameSite("Lax").secure(request.isSecure()).maxAge(Duration.ofDays(365)).build().toString());
        return PageResult.seeOther(landing.pageOrDashboard(next));
    }
}
