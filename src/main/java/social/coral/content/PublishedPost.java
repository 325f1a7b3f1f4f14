package social.coral.content;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.networks.Network;

/**
 * A post that the person has published.
 *
 * @param postId its id on the network
 * @param content the first 1,000 characters
 * @param textId the text that it was here; null for one that was written elsewhere
 * @param insightId the topic that it is about; null where none is known
 * @param personaId the persona in whose voice it is; null where none is known
 * @param likes null, like the other counts, while it is not known
 * @param countedAt when these were the counts
 * @param goneAt when the network said that the post does not exist any more
 */
public record PublishedPost(
        UUID id,
        Network network,
        String postId,
        String author,
        String content,
        Kind kind,
        Instant publishedAt,
        @Nullable UUID textId,
        @Nullable UUID insightId,
        @Nullable UUID personaId,
        @Nullable Integer likes,
        @Nullable Integer reposts,
        @Nullable Integer replies,
        @Nullable Integer quotes,
        @Nullable Integer impressions,
        @Nullable Instant countedAt,
        @Nullable Instant goneAt) {

    /** What a post is on its network. */
    public enum Kind {
        /** A post by itself, or the first of a thread that was written elsewhere. */
        TWEET,
        /** The first post of a thread that was written here, or a later one of any. */
        THREAD,
        REPLY;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
