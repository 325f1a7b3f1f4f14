package social.coral.imports;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import that has stored something.
 *
 * @param author of the rows that named none; null if each named its own
 * @param leftOut reposts, deleted posts, posts in communities and older versions of edited posts
 * @param endedAt null while it runs, and for one that was interrupted
 * @param removed how many of its posts are removed so far, once it is being taken back
 */
public record PastImport(
        UUID id,
        String fileName,
        @Nullable String author,
        int imported,
        int corrected,
        int skipped,
        int leftOut,
        int rejectedCount,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable Integer removed) {}
