package social.coral.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An expected failure: a stable code that programs may rely on, an HTTP status, and a whole sentence, with capital and full stop,
 * that is safe to show to a person. Any other exception is a fault of the product and answers 500.
 */
public final class Failure extends RuntimeException {

    private static final String RETRY_AFTER = "retry_after";
    private static final int BUSY_RETRY_SECONDS = 5;
    private static final int DISK_FULL_RETRY_SECONDS = 300;

    /** An error in one field of the input. The message is a whole sentence as well. */
    public record FieldError(String field, String message) {}

    private final HttpStatus status;
    private final String code;
    private final List<FieldError> errors;
    private final Map<String, Object> details;

    private Failure(HttpStatus status, String code, String sentence, List<FieldError> errors, Map<String, Object> details) {
        super(sentence, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = errors;
        this.details = details;
    }

    /** 409: a concurrent change was saved first. */
    public static Failure changedMeanwhile() {
        return conflict("changed_meanwhile", "This was changed in another window.");
    }

    /** 404, the same for what does not exist and for what belongs to somebody else. */
    public static Failure notFound() {
        return of(HttpStatus.NOT_FOUND, "not_found", "Not found.");
    }

    /** 400 for a single field. */
    public static Failure invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** 400 for a field that the route does not accept. */
    public static Failure unknownField(String field) {
        return invalid(field, "\"" + field + "\" is not a field that can be set here.");
    }

    /** 400 for a field whose value has another type than the route accepts. */
    public static Failure wrongType(String field) {
        return invalid(field, "\"" + field + "\" has a value of the wrong type.");
    }

    /** 400 for several fields; the sentence is that of the first. */
    public static Failure invalid(List<FieldError> errors) {
        FieldError first = errors.getFirst();
        return new Failure(HttpStatus.BAD_REQUEST, "invalid_input", first.message(), List.copyOf(errors), Map.of());
    }

    /** 503: nothing is wrong with the request, and it can be sent again in a moment. */
    public static Failure busy() {
        return of(HttpStatus.SERVICE_UNAVAILABLE, "busy", "The server is busy. Try again in a moment.").retryAfter(BUSY_RETRY_SECONDS);
    }

    /** 503: the database does not answer. A write may or may not have been saved. */
    public static Failure databaseUnavailable(boolean mayHaveWritten) {
        return of(HttpStatus.SERVICE_UNAVAILABLE, "database_away", mayHaveWritten
                ? "The database is not answering. Wait a few seconds, then check whether your change was saved before sending it again."
                : "The database is not answering. Try again in a few seconds.").retryAfter(BUSY_RETRY_SECONDS);
    }

    /** 503: the database refuses writes, as a standby does. */
    public static Failure databaseReadOnly() {
        return of(HttpStatus.SERVICE_UNAVAILABLE, "database_away", "The database takes no changes at present. Try again in a few seconds.")
                .retryAfter(BUSY_RETRY_SECONDS);
    }

    /** 507: the disk has too little space for this work. */
    public static Failure diskFull() {
        return of(HttpStatus.INSUFFICIENT_STORAGE, "disk_full",
                        "The server has too little free disk space for this, so it was not completed. Tell your administrator, and try again later.")
                .retryAfter(DISK_FULL_RETRY_SECONDS);
    }

    /** 507: the request was processed, but there was no space for the response. */
    public static Failure responseNotStored() {
        return of(HttpStatus.INSUFFICIENT_STORAGE, "answer_not_kept",
                        "The server could not store the answer; its disk may be full. If you changed something, check whether it was saved"
                                + " before you send it again. Tell your administrator, and try again later.")
                .retryAfter(DISK_FULL_RETRY_SECONDS);
    }

    /** 503: the change was saved, but too many responses are still being sent to this tenant. */
    public static Failure responseNotSent() {
        return of(HttpStatus.SERVICE_UNAVAILABLE, "answer_not_sent",
                        "The change was saved, but too many of your answers are still being sent. Look at it again in a moment instead of sending it again.")
                .retryAfter(BUSY_RETRY_SECONDS);
    }

    /** Returns the seconds after which to retry, if they are known. */
    public Optional<Integer> retryAfter() {
        return Optional.ofNullable((Integer) details.get(RETRY_AFTER));
    }

    /** Returns this failure with the seconds after which to retry. */
    public Failure retryAfter(int seconds) {
        return with(RETRY_AFTER, seconds);
    }

    /** 409: the request is valid but conflicts with the current state. */
    public static Failure conflict(String code, String sentence) {
        return of(HttpStatus.CONFLICT, code, sentence);
    }

    public static Failure of(HttpStatus status, String code, String sentence) {
        return new Failure(status, code, sentence, List.of(), Map.of());
    }

    /** Returns this failure as an error of the given field. */
    public Failure at(String field) {
        return new Failure(status, code, sentence(), List.of(new FieldError(field, sentence())), details);
    }

    /** Returns this failure with one more member in its problem document. */
    public Failure with(String name, @Nullable Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        if (value != null) {
            more.put(name, value);
        }
        return new Failure(status, code, sentence(), errors, more);
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** Returns further members of the problem document, such as {@code missing} or {@code run_id}. */
    public Map<String, Object> details() {
        return details;
    }
}
