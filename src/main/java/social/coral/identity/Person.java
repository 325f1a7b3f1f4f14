package social.coral.identity;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code auth.users} without its password. */
record Person(
        UUID id,
        String email,
        Map<String, Object> appMetadata,
        Map<String, Object> userMetadata,
        @Nullable Instant emailConfirmedAt,
        @Nullable Instant lastSignInAt,
        @Nullable Instant bannedUntil,
        Instant createdAt,
        Instant updatedAt) {

    boolean banned() {
        return bannedUntil != null && bannedUntil.isAfter(Instant.now());
    }
}
