package social.coral.web.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.identity.BrowserSession;
import social.coral.identity.BrowserSessions;
import social.coral.identity.Client;
import social.coral.identity.SignIn;
import social.coral.web.LocalPath;
import social.coral.web.BrowserMark;
import social.coral.web.PlainVisit;
import social.coral.web.SessionCookie;
import social.coral.web.frame.Answer;
import social.coral.web.frame.Form;
import social.coral.web.frame.Toast;

/** Signing in, and out again. */
@Controller
final class LoginPage {

    private final SignIn signIn;
    private final BrowserSessions sessions;
    private final SessionCookie cookie;
    private final BrowserMark mark;
    private final PlainVisit plainVisit;

    LoginPage(SignIn signIn, BrowserSessions sessions, SessionCookie cookie, BrowserMark mark, PlainVisit plainVisit) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.cookie = cookie;
        this.mark = mark;
        this.plainVisit = plainVisit;
    }

    @GetMapping("/auth/login")
    ModelAndView form(
            @RequestParam(defaultValue = "") String next, @RequestParam(defaultValue = "false") boolean ended, HttpServletRequest request) {
        return Answer.page("auth/login", new LoginView(Form.empty(), null, LocalPath.or(next, ""), ended, plainVisit.betterAddress(request)));
    }

    @PostMapping("/auth/login")
    ModelAndView signIn(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String next,
            @RequestParam(defaultValue = "false") boolean ended,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            BrowserSession session = signIn.signIn(email, password, Client.of(request), mark.read(request));
            mark.set(request, response, session);
            cookie.set(request, response, session);
            return Onward.to(LocalPath.orDashboard(next), "Your password is right", plainVisit.betterAddress(request));
        } catch (Failure refused) {
            Form form = Form.empty().with("email", email).refused(refused);
            String problem = refused.errors().isEmpty() ? refused.sentence() + (locked(refused) ? ". Even the right password is refused until then." : "") : null;
            return Answer.refused("auth/login", new LoginView(form, problem, LocalPath.or(next, ""), ended, plainVisit.betterAddress(request)), refused, response);
        }
    }

    private static boolean locked(Failure refused) {
        return refused.code().equals("over_request_rate_limit");
    }

    @PostMapping("/auth/sign-out")
    ModelAndView signOut(HttpServletRequest request, HttpServletResponse response) {
        cookie.read(request).ifPresent(value -> sessions.end(value, Client.of(request)));
        cookie.clear(request, response);
        return Answer.seeOther("/auth/login", Toast.done("You are signed out."));
    }
}
