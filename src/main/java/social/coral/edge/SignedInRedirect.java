package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sends whoever is signed in already from the pages for strangers to the dashboard. */
final class SignedInRedirect extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (AuthenticationFilter.cookieBehind(request) != null && Paths.isForStrangers(Paths.of(request))) {
            // As a GET, also after a form that was sent from a page left open in another tab.
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, "/dashboard");
        } else {
            chain.doFilter(request, response);
        }
    }
}
