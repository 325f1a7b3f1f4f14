package social.coral.edge;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestWrapper;
import social.coral.identity.AccessTokens;
import social.coral.identity.BrowserSessions;
import social.coral.identity.Client;
import social.coral.identity.SignedInPerson;
import social.coral.installation.OperatorToken;
import social.coral.tenancy.Actor;
import social.coral.web.frame.SessionCookie;

/**
 * Authenticates the request: by bearer token (programs), by session cookie (browsers), or under {@code /actuator} by the operator's
 * token. The rest of a person's request runs as work of that tenant.
 */
final class AuthenticationFilter implements Filter {

    static final String PERSON = AuthenticationFilter.class.getName() + ".person";
    static final String OPERATOR = "ROLE_OPERATOR";
    private static final String BY_COOKIE = AuthenticationFilter.class.getName() + ".by_cookie";
    private static final String BEARER = "bearer ";

    private final AccessTokens tokens;
    private final BrowserSessions sessions;
    private final SessionCookie sessionCookie;
    private final OperatorToken operator;

    AuthenticationFilter(AccessTokens tokens, BrowserSessions sessions, SessionCookie sessionCookie, OperatorToken operator) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.sessionCookie = sessionCookie;
        this.operator = operator;
    }

    /** The session cookie that proves the person, which a form on another site could abuse; null when a token does. */
    static @Nullable String cookieBehind(HttpServletRequest request) {
        return (String) request.getAttribute(BY_COOKIE);
    }

    /** Who sent the request, or null for a stranger. */
    static @Nullable SignedInPerson personBehind(HttpServletRequest request) {
        return (SignedInPerson) request.getAttribute(PERSON);
    }

    /** Error dispatches too: the page about an error is shown to the same person. */
    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse response, FilterChain chain) throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        String path = Paths.of(request);
        if (Paths.isOperators(path) && isOperator(request)) {
            authenticate("operator", AuthorityUtils.createAuthorityList(OPERATOR));
            // Health asks the request for the role.
            chain.doFilter(new SecurityContextHolderAwareRequestWrapper(request, "ROLE_"), response);
            return;
        }
        SignedInPerson person = personOf(request, path);
        if (person == null || Paths.isWireProtocol(path)) {
            // The wire protocol checks its tokens itself; here its requests only count as their person's.
            chain.doFilter(request, response);
        } else {
            asPerson(person, request, () -> chain.doFilter(request, response));
        }
    }

    private boolean isOperator(HttpServletRequest request) {
        String token = bearerToken(request);
        return token != null && operator.matches(token);
    }

    private @Nullable SignedInPerson personOf(HttpServletRequest request, String path) {
        SignedInPerson known = personBehind(request);
        if (known != null || !mayNameAPerson(path)) {
            return known;
        }
        SignedInPerson person = find(request, path).orElse(null);
        if (person != null) {
            request.setAttribute(PERSON, person);
        }
        return person;
    }

    /** Public files need nobody, a sign-in is by nobody yet, and health is shown even when nobody can be looked up. */
    private static boolean mayNameAPerson(String path) {
        return !Paths.isForPrograms(path) || Paths.isApi(path) || Paths.isOfTokenHolder(path)
                || Paths.isOperators(path) && !Paths.isHealth(path);
    }

    private Optional<SignedInPerson> find(HttpServletRequest request, String path) {
        boolean isWire = Paths.isWireProtocol(path);
        String token = isWire || Paths.isApi(path) ? bearerToken(request) : null;
        if (token != null) {
            return tokens.authenticate(token);
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

    private static @Nullable String bearerToken(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }

    private interface Rest {
        void run() throws ServletException, IOException;
    }

    private static void asPerson(SignedInPerson person, HttpServletRequest request, Rest rest) throws ServletException, IOException {
        authenticate(person, List.of());
        try {
            Actor.person(Client.addressOf(request), person.sessionId()).call(() -> person.tenant().call(() -> {
                rest.run();
                return true;
            }));
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    /** Until the end of the chain, which clears it. */
    private static void authenticate(Object principal, List<GrantedAuthority> roles) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(principal, null, roles));
        SecurityContextHolder.setContext(context);
    }
}
