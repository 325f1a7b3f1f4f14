package social.coral.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import social.coral.api.DatabaseAway;
import social.coral.api.Failure;

/** Tells the failures of the wire protocol's routes in GoTrue's two forms; which one, the client's version decides. */
@RestControllerAdvice(assignableTypes = {WireSessions.class, WireUsers.class, WireMetadata.class})
@Order(Ordered.HIGHEST_PRECEDENCE)
class WireErrors {

    private static final Logger log = LoggerFactory.getLogger(WireErrors.class);

    private static final String VERSION_HEADER = "X-Supabase-Api-Version";
    private static final LocalDate NAMED_CODES_SINCE = LocalDate.of(2024, 1, 1);

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> failure(Failure failure, HttpServletRequest request) {
        boolean namedCodes = wantsNamedCodes(request.getHeader(VERSION_HEADER));
        Map<String, Object> body = new LinkedHashMap<>();
        if (namedCodes) {
            body.put("code", failure.code());
            body.put("message", failure.sentence());
        } else {
            body.put("code", failure.status().value());
            body.put("error_code", failure.code());
            body.put("msg", failure.sentence());
        }
        if (failure.details().get("reasons") instanceof Object reasons) {
            body.put("weak_password", Map.of("reasons", reasons));
        }
        HttpHeaders headers = new HttpHeaders();
        headers.set("x-sb-error-code", failure.code());
        if (namedCodes) {
            headers.set(VERSION_HEADER, NAMED_CODES_SINCE.toString());
        }
        failure.retryAfter().ifPresent(seconds -> headers.set(HttpHeaders.RETRY_AFTER, seconds.toString()));
        return ResponseEntity.status(failure.status()).headers(headers).contentType(MediaType.APPLICATION_JSON).body(body);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        if (NestedExceptionUtils.getMostSpecificCause(e) instanceof Failure refused) {
            return failure(refused, request);
        }
        return failure(Failure.of(HttpStatus.BAD_REQUEST, "bad_json", "Could not parse request body as JSON"), request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> fault(Exception e, HttpServletRequest request) {
        HttpStatus known = e instanceof ErrorResponse response ? HttpStatus.resolve(response.getStatusCode().value()) : null;
        if (known != null && known.is4xxClientError()) {
            return failure(Failure.of(known, "validation_failed", known.getReasonPhrase()), request);
        }
        Optional<Failure> passing = DatabaseAway.answer(e, request);
        if (passing.isPresent()) {
            return failure(passing.get(), request);
        }
        String id = UUID.randomUUID().toString();
        log.error("Fault {} at {} {}", id, request.getMethod(), request.getRequestURI(), e);
        return failure(Failure.of(HttpStatus.INTERNAL_SERVER_ERROR, "unexpected_failure", "Unexpected failure, please check the log for " + id), request);
    }

    private static boolean wantsNamedCodes(@Nullable String version) {
        try {
            return version != null && !LocalDate.parse(version).isBefore(NAMED_CODES_SINCE);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
