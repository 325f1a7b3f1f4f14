package social.coral.networks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A post as it stands on the network now.
 *
 * @param text the whole text, without the network's HTML escapes
 * @param conversationId the post that began the conversation
 * @param inReplyToId the post that this one answers, or null
 */
public record Post(
        String id,
        String text,
        String authorId,
        Instant createdAt,
        @Nullable String lang,
        @Nullable String conversationId,
        @Nullable String inReplyToId,
        int likes,
        int retweets,
        int replies,
        int quotes) {}
