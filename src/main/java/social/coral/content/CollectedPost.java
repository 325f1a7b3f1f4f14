package social.coral.content;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.networks.Network;

/** A post of somebody, or of the tenant's own past, that agents read. {@code createdAt} is when it was written. */
public record CollectedPost(
        UUID id,
        Network network,
        String tweetId,
        String author,
        String content,
        @Nullable String lang,
        @Nullable String conversationId,
        @Nullable String inReplyToId,
        Instant createdAt,
        int likes,
        int retweets,
        int replies,
        Status status,
        Source source,
        Instant collectedAt,
        Instant countsAt) {

    /** Whether agents have read it. */
    public enum Status {
        UNPROCESSED,
        PROCESSED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How it came. */
    public enum Source {
        COLLECTED,
        IMPORTED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
