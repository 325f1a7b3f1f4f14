package social.coral.content;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account whose posts the tenant collects. Posts of this author that were imported from a file do not count.
 *
 * @param lastCollectedAt when posts were last collected from it
 * @param lastVisitedAt when it was last visited, whatever the outcome
 * @param gapAt when, in the last 30 days, the network refused the place where collecting had stopped, so that posts may be missing
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
        @Nullable Instant gapAt,
        Instant createdAt,
        Instant updatedAt) {}
