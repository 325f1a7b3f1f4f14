package social.coral.identity;

import org.springframework.http.HttpStatus;

/** A failure that only the wire protocol has, with the message that its clients expect. */
final class WireRefusal extends RuntimeException {

    private final HttpStatus status;
    private final String code;

    WireRefusal(HttpStatus status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
