package social.coral.content;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
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

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int AUDITED_LENGTH = 60;

    /** Reports whether it has the same content as {@code other}, whenever each was saved. */
    boolean says(Tweet other) {
        return equals(new Tweet(other.id, other.userId, other.content, other.status, other.scheduledFor, other.timeZone, other.createdAt, updatedAt));
    }

    Tweet with(PostStatus other) {
        return new Tweet(id, userId, content, other, scheduledFor, timeZone, createdAt, updatedAt);
    }

    /** Returns its id and the beginning of its text, because an entry of the audit shows the text as it was at the time. */
    String auditSubject() {
        String line = BLANKS.matcher(content.strip()).replaceAll(" ");
        return id + " " + (line.codePointCount(0, line.length()) > AUDITED_LENGTH
                ? line.substring(0, line.offsetByCodePoints(0, AUDITED_LENGTH)).strip() + "…"
                : line);
    }
}
