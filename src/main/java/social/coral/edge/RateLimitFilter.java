package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import social.coral.api.Failure;
import social.coral.identity.Client;
import social.coral.identity.SignedInPerson;
import social.coral.usage.RateLimits.Standing;
import social.coral.usage.RateLimits;

/**
 * Refuses whoever asks too often, and tells every caller of the API what is left, in the fields of
 * draft-ietf-httpapi-ratelimit-headers. A signed-in person counts as a tenant, pages included; a stranger by network, where
 * programs ask.
 */
final class RateLimitFilter extends OncePerRequestFilter {

    private final RateLimits limits;
    private final ErrorResponses answers;

    RateLimitFilter(RateLimits limits, ErrorResponses answers) {
        this.limits = limits;
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SignedInPerson person = AuthenticationFilter.personBehind(request);
        if (person == null && !Paths.isApi(Paths.of(request)) && !Paths.isWireProtocol(Paths.of(request))) {
            chain.doFilter(request, response);
            return;
        }
        Standing standing = person == null
                ? limits.countStranger(Client.of(request).network())
                : limits.count(person.tenant());
        String policy = person == null ? "\"stranger\"" : "\"tenant\"";
        response.setHeader("RateLimit-Policy", policy + ";q=" + standing.limit() + ";w=" + standing.window().toSeconds());
        response.setHeader("RateLimit", policy + ";r=" + standing.left() + ";t=" + standing.secondsToFull());
        if (standing.admitted()) {
            chain.doFilter(request, response);
        } else {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(standing.secondsToNext()));
            answers.write(request, response, Failure.of(HttpStatus.TOO_MANY_REQUESTS, "rate_limited",
                    "Too many requests: at most " + standing.limit() + " a minute are answered. Try again in " + standing.secondsToNext() + " s."));
        }
    }
}
