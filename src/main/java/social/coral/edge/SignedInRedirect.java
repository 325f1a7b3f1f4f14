package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Redirects a person who is signed in from the pages for strangers to the dashboard. */
final class SignedInRedirect extends RequestFilter {

    @Override
    void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (AuthenticationFilter.cookieBehind(request) != null && Paths.isForStrangers(Paths.of(request))) {
            // As a GET, even after a form from a page that was left open in another tab.
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, "/dashboard");
        } else {
            chain.doFilter(request, response);
        }
    }
}
