package social.coral.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import social.coral.api.Failure;

/** A failure in one of GoTrue's two forms; which one, the client's version decides. */
public final class WireFailure {

    private static final String VERSION_HEADER = "X-Supabase-Api-Version";
    private static final LocalDate NAMED_CODES_SINCE = LocalDate.of(2024, 1, 1);

    private WireFailure() {}

    /** The answer to whoever sent this request. */
    public static ResponseEntity<Map<String, Object>> answer(Failure failure, HttpServletRequest request) {
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

    private static boolean wantsNamedCodes(@Nullable String version) {
        try {
            return version != null && !LocalDate.parse(version).isBefore(NAMED_CODES_SINCE);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
