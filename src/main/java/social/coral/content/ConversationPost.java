package social.coral.content;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import social.coral.networks.Network;

/**
 * A post of a conversation that a reply continues.
 *
 * @param author a handle without the @
 * @param url of the post on its network; null where there is none
 * @param answered whether it is the post that the reply answers
 */
public record ConversationPost(
        Network network, String tweetId, String author, @Nullable String authorName, String content, Instant createdAt, @Nullable String url, boolean answered) {}
