package social.coral.content;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A single post that the tenant writes.
 *
 * @param scheduledFor when it will be published
 * @param timeZone the IANA zone in which the person chose that time
 * @param blogId the blog post that it is made from, which may be gone
 * @param insightId the insight that it is made from, which may be gone
 */
public record Tweet(
        UUID id,
        UUID userId,
        String content,
        PostStatus status,
        @Nullable Instant scheduledFor,
        @Nullable String timeZone,
        @Nullable UUID blogId,
        @Nullable UUID insightId,
        Writer writtenBy,
        List<TextSource> sources,
        @Nullable List<TextMark> marks,
        Instant createdAt,
        Instant updatedAt) implements ReviewedText {

    @Override
    public TextKind kind() {
        return TextKind.TWEET;
    }

    @Override
    public List<String> texts() {
        return List.of(content);
    }
}
