package social.coral.content;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.networks.Network;
import social.coral.networks.PostIds;

/**
 * A post of somebody, or of the tenant's own past, that agents read.
 *
 * @param createdAt when it was written
 * @param likes as of the newest count; null where nobody has counted them, as {@code retweets} and {@code replies}
 * @param importId the import that it came with, or that had it as well; null for a post that was only collected
 */
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
        @Nullable Integer likes,
        @Nullable Integer retweets,
        @Nullable Integer replies,
        Status status,
        Source source,
        Instant collectedAt,
        Instant countsAt,
        @Nullable UUID importId) {

    /** Whether it came without its id, so that there is no link to it on its network. */
    @JsonProperty
    public boolean idDerived() {
        return PostIds.isDerived(tweetId);
    }

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
