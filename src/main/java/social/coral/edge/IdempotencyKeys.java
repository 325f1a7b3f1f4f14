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
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.ServletRequestPathUtils;
import social.coral.api.Failure;
import social.coral.api.Idempotent;
import social.coral.idempotency.IdempotentWrites;
import social.coral.idempotency.StoredAnswer;

/** Implements {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header) for the writes of a signed-in person under {@code /api}. */
final class IdempotencyKeys extends RequestFilter {

    private static final String HEADER = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";
    private static final int MAX_LENGTH = 255;
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final IdempotentWrites writes;
    private final RequestMappingHandlerMapping routes;
    private final ErrorResponses errors;

    IdempotencyKeys(IdempotentWrites writes, RequestMappingHandlerMapping routes, ErrorResponses errors) {
        this.writes = writes;
        this.routes = routes;
        this.errors = errors;
    }

    @Override
    void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        String key = WRITES.contains(request.getMethod()) ? request.getHeader(HEADER) : null;
        if (key == null || !Paths.isApi(Paths.of(request)) || AuthenticationFilter.personBehind(request) == null) {
            chain.doFilter(request, response);
        } else if (key.isBlank() || key.length() > MAX_LENGTH || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            errors.write(request, response, Failure.invalid(HEADER, HEADER + " must have 1 to " + MAX_LENGTH + " visible ASCII characters."));
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
            // No such route, or none for this method: the dispatcher responds with that, and nothing is changed.
            return true;
        }
    }

    private void once(String key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
            IdempotentWrites.Outcome outcome = writes.once(key, hash(request), () -> respond(request, held, chain));
            if (outcome.repeated()) {
                response.setHeader(REPLAYED, "true");
                send(outcome.answer(), response);
            } else {
                held.copyBodyToResponse();
            }
        } catch (Failure failure) {
            errors.write(request, response, failure);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (Unhandled e) {
            throw e.cause;
        }
    }

    private static StoredAnswer respond(HttpServletRequest request, ContentCachingResponseWrapper response, FilterChain chain) {
        try {
            chain.doFilter(request, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new Unhandled(e);
        }
        return new StoredAnswer(
                response.getStatus(), response.getContentType(), response.getHeader(HttpHeaders.LOCATION), response.getContentAsByteArray());
    }

    private static void send(StoredAnswer stored, HttpServletResponse response) throws IOException {
        response.setStatus(stored.status());
        if (stored.contentType() != null) {
            response.setContentType(stored.contentType());
        }
        if (stored.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, stored.location());
        }
        response.getOutputStream().write(stored.body());
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

    /** A fault that no controller handled, on its way out of the transaction. */
    private static final class Unhandled extends RuntimeException {

        private final transient ServletException cause;

        private Unhandled(ServletException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
