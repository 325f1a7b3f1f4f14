package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;

/** Reads the parameters as UTF-8, and refuses a query or a form whose percent-encoded text is not. */
final class ParameterDecoding extends RequestFilter {

    private final ErrorResponses errors;

    ParameterDecoding(ErrorResponses errors) {
        this.errors = errors;
    }

    @Override
    void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        try {
            request.setCharacterEncoding(StandardCharsets.UTF_8);
            request.getParameterMap();
        } catch (InvalidParameterException e) {
            errors.write(request, response, Failure.of(HttpStatus.BAD_REQUEST, "bad_request",
                    "The query or the form cannot be read: percent-encoded text must be UTF-8."));
            return;
        }
        chain.doFilter(request, response);
    }
}
