package social.coral.vault;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of a stored key: everything but the key.
 *
 * @param hint its last characters, enough for its owner to recognise it
 * @param sandbox whether it was issued by the sandbox network and opens nothing else
 * @param stateSince when {@code state} was last established
 */
public record ApiKey(
        ServiceName serviceName,
        boolean isActive,
        String hint,
        boolean sandbox,
        State state,
        @Nullable String stateDetail,
        Instant stateSince,
        @Nullable Instant lastUsedAt,
        Instant createdAt) {

    /** Whether it is known not to work. */
    @JsonIgnore
    public boolean isBroken() {
        return state == State.REFUSED || state == State.UNREADABLE;
    }

    /** What is known of a key's acceptance by its service. */
    public enum State {
        /** Nobody has asked the service yet, or it did not answer. */
        UNCHECKED,
        /** The service accepted it. */
        VALID,
        /** The service refused it. */
        REFUSED,
        /** It does not open; see {@link KeyUnreadable}. */
        UNREADABLE;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
