package social.coral.edge;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import social.coral.api.DatabaseFailures;
import social.coral.api.Failure;

/**
 * Responds with 503 when a filter, which no controller advice covers, finds the database away or busy. Error dispatches too: the page
 * about an error looks up its person.
 */
final class TransientFaults implements Filter {

    private final ErrorResponses errors;

    TransientFaults(ErrorResponses errors) {
        this.errors = errors;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            HttpServletRequest failed = (HttpServletRequest) request;
            Optional<Failure> passing = response.isCommitted() ? Optional.empty() : DatabaseFailures.toFailure(e, failed);
            if (passing.isEmpty()) {
                throw e;
            }
            response.resetBuffer();
            errors.write(failed, (HttpServletResponse) response, passing.get());
        }
    }
}
