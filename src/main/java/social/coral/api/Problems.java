package social.coral.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.ConstraintViolationException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import social.coral.api.Failure.FieldError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Turns every failure of a REST route into a problem document (RFC 9457), which also has {@code error}, the sentence for people, and
 * {@code errors} for invalid input.
 */
@RestControllerAdvice(annotations = RestController.class)
public final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private static final String SAMPLE_ID = "3f0c8a52-6d0b-4d63-9c1c-2f4b8e7a9d10";
    private static final String NO_OBJECT = "The body must be a JSON object.";
    private static final Pattern GIVEN_TWICE = Pattern.compile("Duplicate Object property \"(.*)\"", Pattern.DOTALL);

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

    /** Returns the failure that a status of the framework or the server stands for. */
    public static Failure failureOf(HttpStatusCode code) {
        HttpStatus status = Objects.requireNonNullElse(HttpStatus.resolve(code.value()), HttpStatus.INTERNAL_SERVER_ERROR);
        return switch (status) {
            case NOT_FOUND -> Failure.notFound();
            case UNAUTHORIZED -> Failure.of(status, "unauthorized", "Unauthorized");
            case METHOD_NOT_ALLOWED -> Failure.of(status, "method_not_allowed", "This path does not accept that method.");
            case NOT_ACCEPTABLE -> Failure.of(status, "not_acceptable", "This path cannot answer in a form that the request accepts.");
            case UNSUPPORTED_MEDIA_TYPE -> Failure.of(status, "unsupported_media_type", "This path does not accept a body of that type.");
            case FORBIDDEN -> Failure.of(status, "forbidden", "You may not do this.");
            default -> status.is4xxClientError()
                    ? Failure.of(status, "bad_request", "The request was refused.")
                    : Failure.of(status, "fault", "Something went wrong on our side.");
        };
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
        if (!(cause instanceof JacksonException wrong)) {
            return Failure.invalid("body", NO_OBJECT);
        }
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return Failure.unknownField(unknown.getPropertyName());
        }
        if (wrong instanceof DatabindException && !wrong.getPath().isEmpty()) {
            String field = String.join(".", wrong.getPath().stream()
                    .map(part -> part.getPropertyName() == null ? "[" + part.getIndex() + "]" : part.getPropertyName())
                    .toList());
            return wrong instanceof InvalidFormatException format && format.getTargetType().isEnum()
                    ? Choice.refusal(field, "\"" + field + "\"", List.of(format.getTargetType().getEnumConstants()))
                    : Failure.wrongType(field);
        }
        if (cause instanceof InputCoercionException number && number.processor() != null && number.processor().currentName() != null) {
            return Failure.invalid(number.processor().currentName(), "\"" + number.processor().currentName() + "\" is a number out of range.");
        }
        Matcher twice = GIVEN_TWICE.matcher(wrong.getOriginalMessage());
        if (twice.matches()) {
            return Failure.invalid(twice.group(1), "\"" + twice.group(1) + "\" is given more than once.");
        }
        if (wrong instanceof MismatchedInputException && !wrong.getOriginalMessage().startsWith("Trailing token")) {
            return Failure.invalid("body", NO_OBJECT);
        }
        if (wrong.getLocation() == null) {
            // A bound of the parser, which names no place.
            return Failure.invalid("body", "The body holds a number that is too long, or too many levels.");
        }
        return Failure.invalid("body", "The body is not valid JSON (line " + wrong.getLocation().getLineNr() + ", column " + wrong.getLocation().getColumnNr() + ").");
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

    /** Answers 404 to a path whose id is not a UUID, and 400 to a parameter of the wrong type. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> mistyped(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        String name = snakeCase(e.getName());
        return failure(e.getParameter().hasParameterAnnotation(PathVariable.class) ? Failure.notFound()
                : UUID.class.equals(e.getRequiredType()) ? Failure.invalid(name, "\"" + name + "\" must be an id, such as " + SAMPLE_ID + ".")
                : Failure.wrongType(name), request);
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
            return answer(document(failureOf(known.getStatusCode()), request.getRequestURI()), known.getHeaders());
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
