package social.coral.content;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A post that the tenant writes.
 *
 * @param scheduledFor when it will be published
 * @param timeZone the IANA zone in which the person chose that time
 */
public record Tweet(
        UUID id,
        UUID userId,
        String content,
        PostStatus status,
        @Nullable Instant scheduledFor,
        @Nullable String timeZone,
        Instant createdAt,
        Instant updatedAt) {

    /** Reports whether it has the same content as {@code other}, whenever each was saved. */
    boolean says(Tweet other) {
        return equals(new Tweet(other.id, other.userId, other.content, other.status, other.scheduledFor, other.timeZone, other.createdAt, updatedAt));
    }
}
