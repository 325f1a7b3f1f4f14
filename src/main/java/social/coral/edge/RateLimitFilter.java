package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;
import social.coral.identity.Client;
import social.coral.identity.SignedInPerson;
import social.coral.usage.RateLimits.Standing;
import social.coral.usage.RateLimits;

/**
 * Refuses clients that exceed their rate limit, and shows every client of the API what is left, in the fields of
 * draft-ietf-httpapi-ratelimit-headers. A signed-in person counts as a tenant, pages included; a stranger under the API by network.
 */
final class RateLimitFilter extends RequestFilter {

    private final RateLimits limits;
    private final ErrorResponses errors;

    RateLimitFilter(RateLimits limits, ErrorResponses errors) {
        this.limits = limits;
        this.errors = errors;
    }

    @Override
    void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        SignedInPerson person = AuthenticationFilter.personBehind(request);
        if (person == null && !Paths.isApi(Paths.of(request)) && !Paths.isWireProtocol(Paths.of(request)) && !Paths.isWebhook(Paths.of(request))) {
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
            errors.write(request, response, Failure.of(HttpStatus.TOO_MANY_REQUESTS, "rate_limited",
                    "Too many requests: at most " + standing.limit() + " a minute are answered. Try again in " + standing.secondsToNext() + " s."));
        }
    }
}
