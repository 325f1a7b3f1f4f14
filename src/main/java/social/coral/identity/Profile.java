package social.coral.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's profile: names, plan and limits, time zone and locale.
 *
 * @param longPosts whether the X account may publish posts of up to 25,000 characters
 * @param erasureDueAt when the account will be erased; null when no erasure was requested
 */
public record Profile(
        UUID id,
        UUID userId,
        String email,
        @Nullable String fullName,
        @Nullable String companyName,
        String subscriptionTier,
        int apiUsageLimit,
        boolean setupCompleted,
        String timeZone,
        String locale,
        boolean longPosts,
        @Nullable Instant erasureDueAt,
        Instant createdAt,
        Instant updatedAt) {}
