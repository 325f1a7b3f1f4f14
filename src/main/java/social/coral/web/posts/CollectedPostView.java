package social.coral.web.posts;

import java.util.List;
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

    /** Reports whether it can be opened on X: one that came without its id there cannot. */
    public boolean hasAddress() {
        return isOnX() && !post.idDerived();
    }

    public boolean isImported() {
        return post.source() == CollectedPost.Source.IMPORTED;
    }

    public String address() {
        return "https://x.com/" + post.author() + "/status/" + post.tweetId();
    }

    public String addressOfParent() {
        return "https://x.com/i/status/" + post.inReplyToId();
    }
}
