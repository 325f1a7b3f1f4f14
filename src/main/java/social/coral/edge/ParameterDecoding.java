package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import social.coral.api.Failure;

/** Refuses a query or a form that is no text: what is percent-encoded has to be UTF-8. */
final class ParameterDecoding extends OncePerRequestFilter {

    private final ErrorResponses answers;

    ParameterDecoding(ErrorResponses answers) {
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            request.getParameterMap();
        } catch (InvalidParameterException e) {
            answers.write(request, response, Failure.of(HttpStatus.BAD_REQUEST, "bad_request",
                    "The query or the form cannot be read: percent-encoded text must be UTF-8."));
            return;
        }
        chain.doFilter(request, response);
    }
}
