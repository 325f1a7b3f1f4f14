package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import social.coral.api.DatabaseFailures;
import social.coral.api.Failure;

/** Answers 503 where a filter, which no controller's advice hears, met a database that is away or has no place. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class TransientFaults extends OncePerRequestFilter {

    private final ErrorResponses answers;

    TransientFaults(ErrorResponses answers) {
        this.answers = answers;
    }

    /** The page about an error looks for its person too. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            Optional<Failure> passing = response.isCommitted() ? Optional.empty() : DatabaseFailures.toFailure(e, request);
            if (passing.isEmpty()) {
                throw e;
            }
            response.resetBuffer();
            answers.write(request, response, passing.get());
        }
    }
}
