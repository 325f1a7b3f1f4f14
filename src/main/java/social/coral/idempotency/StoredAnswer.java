package social.coral.idempotency;

import org.jspecify.annotations.Nullable;

/** The response to a write. */
public record StoredAnswer(int status, @Nullable String contentType, @Nullable String location, byte[] body) {

    boolean changedSomething() {
        return status < 400;
    }
}
