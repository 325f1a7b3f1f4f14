package social.coral.web.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.demo.DemoSignIn;
import social.coral.identity.BrowserSession;
import social.coral.identity.BrowserSessions;
import social.coral.identity.Client;
import social.coral.identity.SignIn;
import social.coral.web.frame.Form;
import social.coral.web.frame.InsecureVisit;
import social.coral.web.frame.KnownBrowserCookie;
import social.coral.web.frame.Landing;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.SessionCookie;
import social.coral.web.frame.Toast;

/** Signing in, and out again. */
@Controller
final class LoginPage {

    private final SignIn signIn;
    private final BrowserSessions sessions;
    private final SessionCookie cookie;
    private final KnownBrowserCookie mark;
    private final InsecureVisit plainVisit;
    private final Landing landing;
    private final @Nullable DemoSignIn demo;

    LoginPage(
            SignIn signIn,
            BrowserSessions sessions,
            SessionCookie cookie,
            KnownBrowserCookie mark,
            InsecureVisit plainVisit,
            Landing landing,
            ObjectProvider<DemoSignIn> demo) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.cookie = cookie;
        this.mark = mark;
        this.plainVisit = plainVisit;
        this.landing = landing;
        this.demo = demo.getIfAvailable();
    }

    @GetMapping("/auth/login")
    ModelAndView form(
            @RequestParam(defaultValue = "") String next, @RequestParam(defaultValue = "false") boolean ended, HttpServletRequest request) {
        return page(Form.empty(), null, next, ended, request);
    }

    private ModelAndView page(Form form, @Nullable String problem, String next, boolean ended, HttpServletRequest request) {
        return PageResult.page("auth/login")
                .addObject("form", form)
                .addObject("problem", problem)
                .addObject("next", landing.pageOrNothing(next))
                .addObject("ended", ended)
                .addObject("openInstead", plainVisit.betterAddress(request))
                .addObject("demo", demo);
    }

    /** @param example the address of somebody whom a demo offers, in place of an address and a password; nobody outside of a demo */
    @PostMapping("/auth/login")
    ModelAndView signIn(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String example,
            @RequestParam(defaultValue = "") String next,
            @RequestParam(defaultValue = "false") boolean ended,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            BrowserSession session = demo == null || example.isEmpty()
                    ? signIn.signIn(email, password, Client.of(request), mark.read(request))
                    : demo.signIn(example, Client.of(request), mark.read(request));
            mark.set(request, response, session);
            cookie.set(request, response, session);
            return AfterSignIn.to(landing.pageOrDashboard(next), "Your password is right", plainVisit.betterAddress(request));
        } catch (Failure refused) {
            Form form = Form.empty().with("email", email).refused(refused);
            String problem = refused.errors().isEmpty() ? refused.sentence() + (locked(refused) ? " Even the right password is refused until then." : "") : null;
            return PageResult.refused(page(form, problem, next, ended, request), refused, response);
        }
    }

    private static boolean locked(Failure refused) {
        return refused.code().equals("over_request_rate_limit");
    }

    @PostMapping("/auth/sign-out")
    ModelAndView signOut(HttpServletRequest request, HttpServletResponse response) {
        cookie.read(request).ifPresent(value -> sessions.end(value, Client.of(request)));
        cookie.clear(request, response);
        return PageResult.seeOther("/auth/login", Toast.done("You are signed out."));
    }
}
