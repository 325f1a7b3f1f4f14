package social.coral.web.posts;

import java.util.List;
import social.coral.content.CollectedPost;
import social.coral.networks.Network;

/**
 * One collected post with all of its text.
 *
 * @param conversation the collected posts of its conversation, this one among them, the oldest first
 */
public record CollectedPostView(CollectedPost post, List<CollectedPost> conversation, FilterOptions options) {

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

    public String address() {
        return "https://x.com/" + post.author() + "/status/" + post.tweetId();
    }

    public String addressOfParent() {
        return "https://x.com/i/status/" + post.inReplyToId();
    }
}
