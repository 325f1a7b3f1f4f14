package social.coral.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import social.coral.api.Failure;

/** Formats failures in one of GoTrue's two forms, depending on the client's version. */
public final class WireFailure {

    private static final String VERSION_HEADER = "X-Supabase-Api-Version";
    private static final LocalDate NAMED_CODES_SINCE = LocalDate.of(2024, 1, 1);

    private WireFailure() {}

    /** Returns the response to this request, with the protocol's own messages where it has them. */
    public static ResponseEntity<Map<String, Object>> answer(Failure failure, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        failure.retryAfter().ifPresent(seconds -> headers.set(HttpHeaders.RETRY_AFTER, seconds.toString()));
        return answer(failure.status(), failure.code(), words(failure), failure.details().get("reasons"), headers, request);
    }

    static ResponseEntity<Map<String, Object>> answer(WireRefusal refusal, HttpServletRequest request) {
        return answer(refusal.status(), refusal.code(), refusal.message(), null, new HttpHeaders(), request);
    }

    /** Clients of the protocol compare some of its messages. */
    private static String words(Failure failure) {
        return switch (failure.code()) {
            case "invalid_credentials" -> "Invalid login credentials";
            case "user_already_exists" -> "User already registered";
            case "user_banned" -> "User is banned";
            case "weak_password" -> "Password is known to be weak and easy to guess, please choose a different one.";
            case "same_password" -> "New password should be different from the old password.";
            case "current_password_required" -> "Current password required when setting new password.";
            case "validation_failed" -> isAbout("email", failure) ? "Unable to validate email address: invalid format" : failure.sentence();
            default -> failure.sentence();
        };
    }

    private static boolean isAbout(String field, Failure failure) {
        return failure.errors().stream().anyMatch(error -> error.field().equals(field));
    }

    private static ResponseEntity<Map<String, Object>> answer(
            HttpStatus status, String code, String message, @Nullable Object reasons, HttpHeaders headers, HttpServletRequest request) {
        boolean namedCodes = wantsNamedCodes(request.getHeader(VERSION_HEADER));
        Map<String, Object> body = new LinkedHashMap<>();
        if (namedCodes) {
            body.put("code", code);
            body.put("message", message);
        } else {
            body.put("code", status.value());
            body.put("error_code", code);
            body.put("msg", message);
        }
        if (reasons != null) {
            body.put("weak_password", Map.of("reasons", reasons));
        }
        headers.set("x-sb-error-code", code);
        if (namedCodes) {
            headers.set(VERSION_HEADER, NAMED_CODES_SINCE.toString());
        }
        return ResponseEntity.status(status).headers(headers).contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private static boolean wantsNamedCodes(@Nullable String version) {
        try {
            return version != null && !LocalDate.parse(version).isBefore(NAMED_CODES_SINCE);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
