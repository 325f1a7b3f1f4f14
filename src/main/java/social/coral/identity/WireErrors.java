package social.coral.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import social.coral.api.DatabaseFailures;
import social.coral.api.Failure;

/** Turns the failures of the wire protocol's routes into its error responses. */
@RestControllerAdvice(assignableTypes = {WireSessions.class, WireUsers.class, WireMetadata.class})
@Order(Ordered.HIGHEST_PRECEDENCE)
class WireErrors {

    private static final Logger log = LoggerFactory.getLogger(WireErrors.class);

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> failure(Failure failure, HttpServletRequest request) {
        return WireFailure.answer(failure, request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refusal(WireRefusal refusal, HttpServletRequest request) {
        return WireFailure.answer(refusal, request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        if (NestedExceptionUtils.getMostSpecificCause(e) instanceof Failure refused) {
            return failure(refused, request);
        }
        return refusal(new WireRefusal(HttpStatus.BAD_REQUEST, "bad_json", "Could not parse request body as JSON"), request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> fault(Exception e, HttpServletRequest request) {
        HttpStatus known = e instanceof ErrorResponse response ? HttpStatus.resolve(response.getStatusCode().value()) : null;
        if (known != null && known.is4xxClientError()) {
            return refusal(new WireRefusal(known, "validation_failed", known.getReasonPhrase()), request);
        }
        Optional<Failure> passing = DatabaseFailures.toFailure(e, request);
        if (passing.isPresent()) {
            return failure(passing.get(), request);
        }
        String id = UUID.randomUUID().toString();
        log.error("Fault {} at {} {}", id, request.getMethod(), request.getRequestURI(), e);
        return refusal(new WireRefusal(HttpStatus.INTERNAL_SERVER_ERROR, "unexpected_failure", "Unexpected failure, please check the log for " + id), request);
    }
}
