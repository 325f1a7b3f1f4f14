package social.coral.content;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A blog post.
 *
 * @param content Markdown
 * @param insightId the insight that it is written from, which may be gone
 * @param personaId the persona in whose voice it is written, which may be gone
 * @param scheduledFor when it will be published
 * @param timeZone the IANA zone in which the person chose that time
 */
public record Blog(
        UUID id,
        UUID userId,
        String title,
        String content,
        PostStatus status,
        @Nullable Instant scheduledFor,
        @Nullable String timeZone,
        @Nullable UUID insightId,
        @Nullable UUID personaId,
        Writer writtenBy,
        List<TextSource> sources,
        @Nullable List<TextMark> marks,
        Instant createdAt,
        Instant updatedAt) implements ReviewedText {

    @Override
    public TextKind kind() {
        return TextKind.BLOG;
    }

    @Override
    public List<String> texts() {
        return List.of(content);
    }
}
