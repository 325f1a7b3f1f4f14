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

/** Responds to unauthenticated or forbidden requests: programs get a 401 or 403, a person is sent to the sign-in page. */
@Component
final class AccessDenials implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final ErrorResponses errors;
    private final SameOrigin sameOrigin;
    private final SessionCookie sessionCookie;

    AccessDenials(ErrorResponses errors, SameOrigin sameOrigin, SessionCookie sessionCookie) {
        this.errors = errors;
        this.sameOrigin = sameOrigin;
        this.sessionCookie = sessionCookie;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        if (Paths.isForPrograms(Paths.of(request))) {
            boolean tried = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, tried ? "Bearer error=\"invalid_token\"" : "Bearer");
            errors.write(request, response, Failure.of(HttpStatus.UNAUTHORIZED, "unauthorized", "Unauthorized"));
        } else if (request.getHeader("HX-Request") != null) {
            // A part of a page that was open when the session ended: the whole page goes to sign in, not the part.
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            response.setHeader("HX-Redirect", signIn(pathOf(request.getHeader("HX-Current-URL")), true));
        } else if (request.getMethod().equals("GET")) {
            response.setStatus(HttpStatus.FOUND.value());
            response.setHeader(HttpHeaders.LOCATION, signIn(wanted(request), sessionCookie.read(request).isPresent()));
        } else {
            // Only a person who was signed in can have had this form: back to its page, with what was typed there.
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, signIn(sameOrigin.pageBefore(request), true));
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        errors.write(request, response, Failure.of(HttpStatus.FORBIDDEN, "forbidden", "You may not do this."));
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

    /** The address of the sign-in page; {@code ended} lets it say that the session has ended. */
    private static String signIn(@Nullable String wanted, boolean ended) {
        boolean goesOn = wanted != null && !wanted.equals("/") && LocalPath.isPage(wanted);
        return Address.of("/auth/login").with("next", goesOn ? wanted : null).with("ended", ended ? true : null).toString();
    }
}
