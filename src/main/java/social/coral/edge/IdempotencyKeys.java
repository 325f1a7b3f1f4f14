package social.coral.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.ServletRequestPathUtils;
import social.coral.api.Failure;
import social.coral.api.Idempotent;
import social.coral.idempotency.IdempotentWrites;
import social.coral.idempotency.StoredAnswer;

/** Heeds {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header) on the writes of a signed-in person under {@code /api}. */
@Component
final class IdempotencyKeys extends OncePerRequestFilter {

    private static final String HEADER = "Idempotency-Key";
    private static final String REPEATED = "Idempotency-Replayed";
    private static final int LONGEST = 255;
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final IdempotentWrites writes;
    private final RequestMappingHandlerMapping routes;
    private final ErrorResponses answers;

    IdempotencyKeys(
            IdempotentWrites writes, @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes, ErrorResponses answers) {
        this.writes = writes;
        this.routes = routes;
        this.answers = answers;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HEADER) == null
                || !WRITES.contains(request.getMethod())
                || !Paths.isApi(Paths.of(request))
                || AuthenticationFilter.personBehind(request) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader(HEADER);
        if (key.isBlank() || key.length() > LONGEST || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            answers.write(request, response, Failure.invalid(HEADER, HEADER + " must have 1 to " + LONGEST + " visible ASCII characters."));
        } else if (isIdempotent(request)) {
            chain.doFilter(request, response);
        } else {
            once(key, request, response, chain);
        }
    }

    private boolean isIdempotent(HttpServletRequest request) throws ServletException {
        try {
            ServletRequestPathUtils.parseAndCache(request);
            HandlerExecutionChain route = routes.getHandler(request);
            return route == null || !(route.getHandler() instanceof HandlerMethod method) || method.hasMethodAnnotation(Idempotent.class);
        } catch (Exception e) {
            // No such route, or none for this method: the dispatcher says so itself, and nothing is changed.
            return true;
        }
    }

    private void once(String key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
            IdempotentWrites.Outcome outcome = writes.once(key, hash(request), () -> answered(request, held, chain));
            if (outcome.repeated()) {
                response.setHeader(REPEATED, "true");
                send(outcome.answer(), response);
            } else {
                held.copyBodyToResponse();
            }
        } catch (Failure failure) {
            answers.write(request, response, failure);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (Unanswered e) {
            throw e.cause;
        }
    }

    private static StoredAnswer answered(HttpServletRequest request, ContentCachingResponseWrapper response, FilterChain chain) {
        try {
            chain.doFilter(request, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new Unanswered(e);
        }
        return new StoredAnswer(
                response.getStatus(), response.getContentType(), response.getHeader(HttpHeaders.LOCATION), response.getContentAsByteArray());
    }

    private static void send(StoredAnswer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        if (answer.contentType() != null) {
            response.setContentType(answer.contentType());
        }
        if (answer.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, answer.location());
        }
        response.getOutputStream().write(answer.body());
    }

    private static byte[] hash(HttpServletRequest request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String head = request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString() + "\n" + request.getContentType() + "\n";
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            return digest.digest(BufferedBody.of(request));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }

    /** A fault that no controller answered, on its way out of the transaction. */
    private static final class Unanswered extends RuntimeException {

        private final transient ServletException cause;

        private Unanswered(ServletException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
