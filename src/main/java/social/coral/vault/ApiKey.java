package social.coral.vault;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A stored key, without its value.
 *
 * @param hint its last characters, enough for its owner to recognize it
 * @param sandbox whether the sandbox network issued it
 * @param stateSince when {@code state} was last determined
 * @param pausedUntil until when no calls are made, because the key is refused or the plan behind it does not cover them; null while they are
 * @param pauseDetail why the calls pause
 */
public record ApiKey(
        ServiceName serviceName,
        boolean isActive,
        String hint,
        boolean sandbox,
        State state,
        @Nullable String stateDetail,
        Instant stateSince,
        @Nullable Instant pausedUntil,
        @Nullable String pauseDetail,
        @Nullable Instant lastUsedAt,
        Instant createdAt) {

    /** Reports whether the key is known not to work. */
    @JsonIgnore
    public boolean isBroken() {
        return state == State.REFUSED || state == State.UNREADABLE;
    }

    public enum State {
        /** The service was not asked yet, or did not answer. */
        UNCHECKED,
        /** The service accepted it. */
        VALID,
        /** The service refused it. */
        REFUSED,
        /** The key cannot be decrypted; see {@link KeyUnreadable}. */
        UNREADABLE;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
