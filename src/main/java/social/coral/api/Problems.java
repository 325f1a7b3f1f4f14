package social.coral.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.ConstraintViolationException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import social.coral.api.Failure.FieldError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Turns every failure of a REST route into a problem document (RFC 9457), which also has {@code error}, the sentence for people, and
 * {@code errors} for invalid input.
 */
@RestControllerAdvice(annotations = RestController.class)
public final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    /** Returns the problem document of a failure; {@code instance} is the path of the request. */
    public static ProblemDetail document(Failure failure, String instance) {
        ProblemDetail problem = document(failure.status(), failure.sentence(), instance);
        problem.setProperty("error_code", failure.code());
        if (!failure.errors().isEmpty()) {
            problem.setProperty("errors", failure.errors());
        }
        failure.details().forEach(problem::setProperty);
        return problem;
    }

    private static ProblemDetail document(HttpStatusCode status, String sentence, String instance) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, sentence);
        problem.setType(java.net.URI.create("about:blank"));
        HttpStatus known = HttpStatus.resolve(status.value());
        problem.setTitle(known == null ? "Error" : known.getReasonPhrase());
        problem.setInstance(java.net.URI.create(instance));
        problem.setProperty("error", sentence);
        return problem;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failure(Failure failure, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        failure.retryAfter().ifPresent(seconds -> headers.set(HttpHeaders.RETRY_AFTER, seconds.toString()));
        return answer(document(failure, request.getRequestURI()), headers);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        return failure(NestedExceptionUtils.getMostSpecificCause(e) instanceof Failure refused ? refused : describe(e.getCause()), request);
    }

    private static Failure describe(@Nullable Throwable cause) {
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return Failure.unknownField(unknown.getPropertyName());
        }
        if (cause instanceof DatabindException wrong && !wrong.getPath().isEmpty()) {
            String field = String.join(".", wrong.getPath().stream()
                    .map(part -> part.getPropertyName() == null ? "[" + part.getIndex() + "]" : part.getPropertyName())
                    .toList());
            return wrong instanceof InvalidFormatException format && format.getTargetType().isEnum()
                    ? Failure.invalid(field, "\"" + field + "\" must be one of "
                            + Arrays.stream(format.getTargetType().getEnumConstants()).map(Object::toString).collect(Collectors.joining(", ")) + ".")
                    : Failure.wrongType(field);
        }
        if (cause instanceof InputCoercionException number && number.processor() != null && number.processor().currentName() != null) {
            return Failure.invalid(number.processor().currentName(), "\"" + number.processor().currentName() + "\" is a number out of range.");
        }
        String place = cause instanceof JacksonException json && json.getLocation() != null
                ? "The body is not valid JSON (line " + json.getLocation().getLineNr() + ", column " + json.getLocation().getColumnNr() + ")."
                : "The body is missing or cannot be read.";
        return Failure.invalid("body", place);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(MethodArgumentNotValidException e, HttpServletRequest request) {
        List<FieldError> errors = e.getBindingResult().getFieldErrors().stream()
                .map(error -> new FieldError(snakeCase(error.getField()), String.valueOf(error.getDefaultMessage())))
                .toList();
        return failure(errors.isEmpty() ? Failure.invalid("body", "The body is not valid.") : Failure.invalid(errors), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(ConstraintViolationException e, HttpServletRequest request) {
        return failure(Failure.invalid(e.getConstraintViolations().stream()
                .map(violation -> new FieldError(snakeCase(violation.getPropertyPath().toString()), violation.getMessage()))
                .toList()), request);
    }

    /** Answers 404 to an id that is not a UUID, and 400 to any other parameter of the wrong type. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> mistyped(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        return failure(UUID.class.equals(e.getRequiredType()) ? Failure.notFound()
                : Failure.wrongType(snakeCase(e.getName())), request);
    }

    /**
     * Handles everything else: failures that the framework knows, or faults of the product, with an id to find them in the log. A
     * response that has begun is aborted instead, so that the client notices that it is incomplete.
     */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> fault(Exception e, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (response.isCommitted() || e instanceof ClientAbortException) {
            CurrentClient.connection().abort();
            throw e;
        }
        if (e instanceof ErrorResponse known) {
            HttpStatusCode status = known.getStatusCode();
            String sentence = known.getBody().getDetail() == null ? "The request was refused." : known.getBody().getDetail();
            return answer(document(status, sentence, request.getRequestURI()), known.getHeaders());
        }
        Optional<Failure> failure = DatabaseFailures.toFailure(e, request);
        if (failure.isPresent()) {
            return failure(failure.get(), request);
        }
        String id = UUID.randomUUID().toString();
        log.error("Fault {} at {} {}", id, request.getMethod(), request.getRequestURI(), e);
        return answer(document(HttpStatus.INTERNAL_SERVER_ERROR,
                "Something went wrong on our side, and nothing was saved. If this keeps happening, ask your administrator to look for " + id + " in the log.",
                request.getRequestURI()), HttpHeaders.EMPTY);
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.getStatus()).headers(headers).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    }
}
