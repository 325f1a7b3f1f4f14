package social.coral.content;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account whose posts the tenant collects. {@code postsCollected} counts all stored posts of this author, collected or
 * imported, so that it equals the number of rows in this author's list.
 *
 * @param lastCollectedAt when posts were last collected from it
 * @param lastVisitedAt when it was last visited, whatever the outcome
 */
public record XAccount(
        UUID id,
        UUID userId,
        String username,
        @Nullable String displayName,
        int priority,
        boolean isActive,
        AccountState state,
        @Nullable String stateDetail,
        Instant stateSince,
        long postsCollected,
        @Nullable Instant newestPostAt,
        @Nullable Instant lastCollectedAt,
        @Nullable Instant lastVisitedAt,
        Instant createdAt,
        Instant updatedAt) {}
