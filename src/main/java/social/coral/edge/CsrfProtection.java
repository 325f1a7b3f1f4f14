package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import social.coral.api.Failure;
import social.coral.api.SafeMethods;

/**
 * Refuses writes that a page of another site sends with the browser's cookie: they lack the token, which is derived from the cookie
 * and is in every form of ours. A form from somebody who is not signed in must come from a page of this site.
 */
final class CsrfProtection extends RequestFilter {

    static final String HEADER = "X-CSRF-Token";
    static final String FIELD = "_csrf";

    private final ErrorResponses errors;
    private final SameOrigin sameOrigin;

    CsrfProtection(ErrorResponses errors, SameOrigin sameOrigin) {
        this.errors = errors;
        this.sameOrigin = sameOrigin;
    }

    @Override
    void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        String cookie = AuthenticationFilter.cookieBehind(request);
        if (cookie != null) {
            CsrfToken token = new DefaultCsrfToken(HEADER, FIELD, MaskedCsrfToken.of(cookie));
            request.setAttribute(CsrfToken.class.getName(), token);
            request.setAttribute(FIELD, token);
        }
        if (SafeMethods.includes(request) || (cookie == null ? acceptsAnyOrigin(request) || isFromThisSite(request) : carriesToken(request, cookie))) {
            chain.doFilter(request, response);
        } else {
            errors.write(request, response, Failure.of(HttpStatus.FORBIDDEN, "csrf",
                    "This form is out of date or was sent from another site. Reload the page and try again."));
        }
    }

    /** Under these paths only a token in a header authenticates, and no other site can make a browser send one. */
    private static boolean acceptsAnyOrigin(HttpServletRequest request) {
        String path = Paths.of(request);
        return Paths.isApi(path) || Paths.isWireProtocol(path);
    }

    private static boolean carriesToken(HttpServletRequest request, String cookie) {
        String header = request.getHeader(HEADER);
        String given = header == null ? request.getParameter(FIELD) : header;
        return given != null && MaskedCsrfToken.isOf(cookie, given);
    }

    /** Browsers say which site sent a form; a program that says nothing is no browser and holds nobody's cookies. */
    private boolean isFromThisSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        return request.getHeader(HttpHeaders.ORIGIN) == null || sameOrigin.isNamedBy(request);
    }
}
