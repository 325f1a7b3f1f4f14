package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import social.coral.identity.AccessTokens;
import social.coral.identity.BrowserSessions;
import social.coral.identity.Client;
import social.coral.identity.SignedInPerson;
import social.coral.tenancy.Actor;
import social.coral.web.frame.SessionCookie;

/**
 * Finds out who is asking, by the bearer token (for programs) or by the session's cookie, and does all the rest of
 * the request as work of that tenant.
 */
final class AuthenticationFilter extends OncePerRequestFilter {

    static final String PERSON = AuthenticationFilter.class.getName() + ".person";
    private static final String BY_COOKIE = AuthenticationFilter.class.getName() + ".by_cookie";

    private final AccessTokens tokens;
    private final BrowserSessions sessions;
    private final SessionCookie sessionCookie;

    AuthenticationFilter(AccessTokens tokens, BrowserSessions sessions, SessionCookie sessionCookie) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.sessionCookie = sessionCookie;
    }

    /** The cookie's value when that is what proves the person, and so what another site's form could abuse. */
    static @Nullable String cookieBehind(HttpServletRequest request) {
        return (String) request.getAttribute(BY_COOKIE);
    }

    /** Who sent the request, or null for a stranger. */
    static @Nullable SignedInPerson personBehind(HttpServletRequest request) {
        return (SignedInPerson) request.getAttribute(PERSON);
    }

    /** Public files need nobody, who signs in is not believed to be anybody yet, and health is told also where nobody can be found. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = Paths.of(request);
        return Paths.isForPrograms(path) && !Paths.isApi(path) && !Paths.isOfTokenHolder(path)
                && (!path.startsWith("/actuator") || path.startsWith("/actuator/health"));
    }

    /** The page about an error is shown to the same person. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SignedInPerson known = personBehind(request);
        Optional<SignedInPerson> person = known == null ? find(request) : Optional.of(known);
        if (person.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        request.setAttribute(PERSON, person.get());
        if (Paths.isWireProtocol(Paths.of(request))) {
            // It looks at its tokens itself; here it is only counted as whose it is.
            chain.doFilter(request, response);
            return;
        }
        asPerson(person.get(), request, () -> chain.doFilter(request, response));
    }

    private Optional<SignedInPerson> find(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean isWire = Paths.isWireProtocol(Paths.of(request));
        if ((isWire || Paths.isApi(Paths.of(request))) && authorization != null && authorization.regionMatches(true, 0, "bearer ", 0, 7)) {
            return tokens.authenticate(authorization.substring(7).strip());
        }
        if (isWire) {
            return Optional.empty();
        }
        Optional<String> cookie = sessionCookie.read(request);
        Optional<SignedInPerson> person = cookie.flatMap(sessions::find);
        if (person.isPresent()) {
            request.setAttribute(BY_COOKIE, cookie.get());
        }
        return person;
    }

    private interface Rest {
        void run() throws ServletException, IOException;
    }

    private static void asPerson(SignedInPerson person, HttpServletRequest request, Rest rest) throws ServletException, IOException {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(person, null, List.of()));
        SecurityContextHolder.setContext(context);
        try {
            Actor.person(Client.of(request).address(), person.sessionId()).call(() -> person.tenant().call(() -> {
                rest.run();
                return true;
            }));
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
