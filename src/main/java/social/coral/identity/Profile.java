package social.coral.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's account says: who they are, what their plan allows, how times and words are shown to them.
 *
 * @param erasureDueAt when everything of theirs is erased, because they asked for it and can still undo it; null otherwise
 */
public record Profile(
        UUID id,
        UUID userId,
        String email,
        @Nullable String fullName,
        @Nullable String companyName,
        String subscriptionTier,
        int apiUsageLimit,
        int apiUsageCurrent,
        boolean setupCompleted,
        String timeZone,
        String locale,
        @Nullable Instant erasureDueAt,
        Instant createdAt,
        Instant updatedAt) {}
