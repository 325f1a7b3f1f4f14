package social.coral.web.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.identity.BrowserSession;
import social.coral.identity.Client;
import social.coral.identity.Profiles;
import social.coral.identity.SignIn;
import social.coral.web.frame.Form;
import social.coral.web.frame.InsecureVisit;
import social.coral.web.frame.KnownBrowserCookie;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.SessionCookie;

/** Creating an account, which signs the browser in. */
@Controller
final class SignupPage {

    private final SignIn signIn;
    private final Profiles profiles;
    private final SessionCookie cookie;
    private final KnownBrowserCookie mark;
    private final InsecureVisit plainVisit;

    SignupPage(SignIn signIn, Profiles profiles, SessionCookie cookie, KnownBrowserCookie mark, InsecureVisit plainVisit) {
        this.signIn = signIn;
        this.profiles = profiles;
        this.cookie = cookie;
        this.mark = mark;
        this.plainVisit = plainVisit;
    }

    @GetMapping("/auth/signup")
    ModelAndView form(HttpServletRequest request) {
        return page(Form.empty(), null, request);
    }

    private ModelAndView page(Form form, @Nullable String problem, HttpServletRequest request) {
        return PageResult.page("auth/signup")
                .addObject("form", form)
                .addObject("problem", problem)
                .addObject("openInstead", plainVisit.betterAddress(request));
    }

    @PostMapping("/auth/signup")
    ModelAndView signUp(
            @RequestParam(name = "full_name", defaultValue = "") String fullName,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(name = "time_zone", defaultValue = "") String timeZone,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            BrowserSession session = signIn.signUp(email, password, fullName, Client.of(request), mark.read(request));
            keepZone(session, timeZone);
            mark.set(request, response, session);
            cookie.set(request, response, session);
            return AfterSignIn.to("/setup", "Your account is created", plainVisit.betterAddress(request));
        } catch (Failure refused) {
            Form form = Form.empty().with("full_name", fullName).with("email", email).refused(refused);
            String problem = refused.errors().isEmpty() ? refused.sentence() : null;
            return PageResult.refused(page(form, problem, request), refused, response);
        }
    }

    /** Takes the browser's time zone. Without a known one the profile keeps UTC, which the person can change in the settings. */
    private void keepZone(BrowserSession session, String timeZone) {
        session.person().tenant().run(() -> {
            try {
                profiles.begin(timeZone);
            } catch (Failure unknown) {
                // The profile keeps the zone it was made with.
            }
        });
    }
}
