package social.coral.content;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reply to a collected post or to a mention.
 *
 * @param postId the post that it answers, which may be gone
 * @param author the handle of whom it answers; null where the post was gone before that was kept
 * @param scheduledFor when it will be published
 * @param timeZone the IANA zone in which the person chose that time
 */
public record Reply(
        UUID id,
        UUID userId,
        UUID postId,
        @Nullable String author,
        String content,
        PostStatus status,
        @Nullable Instant scheduledFor,
        @Nullable String timeZone,
        Writer writtenBy,
        List<TextSource> sources,
        @Nullable List<TextMark> marks,
        Instant createdAt,
        Instant updatedAt) implements ReviewedText {

    @Override
    public TextKind kind() {
        return TextKind.REPLY;
    }

    @Override
    public List<String> texts() {
        return List.of(content);
    }
}
