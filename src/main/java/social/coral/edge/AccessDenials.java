package social.coral.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.web.frame.Address;
import social.coral.web.frame.LocalPath;
import social.coral.web.frame.SessionCookie;

/** What a stranger gets who asks for something closed: a program its 401, a person the page to sign in. */
@Component
final class AccessDenials implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final ErrorResponses answers;
    private final SameOrigin ownOrigin;
    private final SessionCookie sessionCookie;

    AccessDenials(ErrorResponses answers, SameOrigin ownOrigin, SessionCookie sessionCookie) {
        this.answers = answers;
        this.ownOrigin = ownOrigin;
        this.sessionCookie = sessionCookie;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        if (Paths.isForPrograms(Paths.of(request))) {
            boolean tried = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, tried ? "Bearer error=\"invalid_token\"" : "Bearer");
            answers.write(request, response, Failure.of(HttpStatus.UNAUTHORIZED, "unauthorized", "Unauthorized"));
        } else if (request.getHeader("HX-Request") != null) {
            // A part of a page that was open when the session ended: the whole page goes to sign in, not the part.
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            response.setHeader("HX-Redirect", signIn(pathOf(request.getHeader("HX-Current-URL")), true));
        } else if (request.getMethod().equals("GET")) {
            response.setStatus(HttpStatus.FOUND.value());
            response.setHeader(HttpHeaders.LOCATION, signIn(wanted(request), sessionCookie.read(request).isPresent()));
        } else {
            // A form is on a page that somebody signed in was given: back to it, with what was typed there.
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, signIn(ownOrigin.pageBefore(request), true));
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        answers.write(request, response, Failure.of(HttpStatus.FORBIDDEN, "forbidden", "You may not do this."));
    }

    private static String wanted(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    private static @Nullable String pathOf(@Nullable String address) {
        try {
            return address == null ? null : SameOrigin.local(URI.create(address));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Where to sign in; {@code ended} lets the page say that the person was signed in until now. */
    private static String signIn(@Nullable String wanted, boolean ended) {
        boolean goesOn = wanted != null && !wanted.equals("/") && LocalPath.isPage(wanted);
        return Address.of("/auth/login").with("next", goesOn ? wanted : null).with("ended", ended ? true : null).toString();
    }
}
