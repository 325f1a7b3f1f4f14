package social.coral.content;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account whose posts the tenant collects. {@code postsCollected} counts the posts of this author that are there,
 * however they came, so that it is the number of rows that the list of this author shows.
 *
 * @param lastCollectedAt when posts were last taken from it
 * @param lastVisitedAt when it was last looked at, whatever came of it
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
