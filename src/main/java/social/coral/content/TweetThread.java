package social.coral.content;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A thread of posts.
 *
 * @param title a name for the person's own use; nobody else sees it
 * @param scheduledFor when it will be published
 * @param timeZone the IANA zone in which the person chose that time
 * @param blogId the blog post that it is made from, which may be gone
 * @param insightId the insight that it is made from, which may be gone
 */
public record TweetThread(
        UUID id,
        UUID userId,
        @Nullable String title,
        List<Part> parts,
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

    /**
     * A post of a thread.
     *
     * @param position from 0
     */
    public record Part(int position, String content, PostStatus status) {}

    @Override
    public TextKind kind() {
        return TextKind.THREAD;
    }

    @Override
    public List<String> texts() {
        return parts.stream().map(Part::content).toList();
    }
}
