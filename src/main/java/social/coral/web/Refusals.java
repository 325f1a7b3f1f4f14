package social.coral.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/** What a stranger gets who asks for something closed: a program its 401, a person the page to sign in. */
@Component
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final ErrorAnswers answers;

    Refusals(ErrorAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        if (Paths.isForPrograms(Paths.of(request))) {
            boolean tried = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, tried ? "Bearer error=\"invalid_token\"" : "Bearer");
            answers.write(request, response, Failure.of(HttpStatus.UNAUTHORIZED, "unauthorized", "Unauthorized"));
        } else if (request.getHeader("HX-Request") != null) {
            // A part of a page that was open when the session ended: the whole page goes to sign in, not the part.
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            response.setHeader("HX-Redirect", signIn(pathOf(request.getHeader("HX-Current-URL"))));
        } else {
            response.setStatus(HttpStatus.FOUND.value());
            response.setHeader(HttpHeaders.LOCATION, signIn(request.getMethod().equals("GET") ? wanted(request) : null));
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        answers.write(request, response, Failure.of(HttpStatus.FORBIDDEN, "forbidden", "Forbidden"));
    }

    private static String wanted(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    private static @Nullable String pathOf(@Nullable String address) {
        try {
            return address == null ? null : URI.create(address).getRawPath();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String signIn(@Nullable String wanted) {
        return wanted == null || wanted.equals("/") || !LocalPath.isPage(wanted)
                ? "/auth/login"
                : "/auth/login?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
    }
}
