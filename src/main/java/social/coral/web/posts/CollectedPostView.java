package social.coral.web.posts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.content.CollectedPost;
import social.coral.networks.Network;

/**
 * One collected post with all of its text.
 *
 * @param conversation the collected posts of its conversation, this one among them, the oldest first
 * @param mixed whether some posts are from X and some from the sandbox
 */
public record CollectedPostView(CollectedPost post, List<CollectedPost> conversation, boolean mixed) {

    public boolean isPartOfConversation() {
        return conversation.size() > 1;
    }

    /** Reports whether it answers a post that was not collected. */
    public boolean answersUnknown() {
        return post.inReplyToId() != null && conversation.stream().noneMatch(other -> other.tweetId().equals(post.inReplyToId()));
    }

    public boolean isOnX() {
        return post.network() == Network.X;
    }

    public boolean isImported() {
        return post.source() == CollectedPost.Source.IMPORTED;
    }

    /** Returns its address on X; null for one that cannot be opened there. */
    public @Nullable String address() {
        return post.network().addressOf(post.author(), post.tweetId());
    }

    public String addressOfParent() {
        return "https://x.com/i/status/" + post.inReplyToId();
    }
}
