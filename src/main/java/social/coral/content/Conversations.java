package social.coral.content;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The conversations that replies continue, as far as they are known. */
@Component
public final class Conversations {

    private final CollectedPosts posts;
    private final Mentions mentions;

    Conversations(CollectedPosts posts, Mentions mentions) {
        this.posts = posts;
        this.mentions = mentions;
    }

    /** Returns the posts up to the one that a reply answers, which is the last, the oldest first; none when that one is gone. */
    public List<ConversationPost> of(UUID answered) {
        CollectedPost post = posts.of(List.of(answered)).get(answered);
        return post != null ? before(post).stream().map(one -> said(one, one.id().equals(answered))).toList()
                : mentions.find(answered).map(this::of).orElse(List.of());
    }

    /** Returns the posts that these replies answer, by their ids, without those that are gone. */
    public Map<UUID, ConversationPost> answered(Collection<Reply> replies) {
        List<UUID> ids = replies.stream().map(Reply::postId).distinct().toList();
        Map<UUID, ConversationPost> found = new HashMap<>();
        posts.of(ids).forEach((id, post) -> found.put(id, said(post, true)));
        mentions.of(ids.stream().filter(id -> !found.containsKey(id)).toList()).forEach(mention -> found.put(mention.id(), Mentions.answered(mention)));
        return found;
    }

    /** Returns the posts of a mention's conversation up to the mention itself, the oldest first. */
    public List<ConversationPost> of(Mention mention) {
        List<ConversationPost> all = new ArrayList<>(mentions.context(mention).orElse(List.of()));
        all.add(Mentions.answered(mention));
        return all;
    }

    /** Returns the collected posts of a conversation up to this one, the oldest first. */
    public List<CollectedPost> before(CollectedPost post) {
        return posts.conversation(post).stream()
                .filter(other -> other.id().equals(post.id()) || other.createdAt().isBefore(post.createdAt()))
                .toList();
    }

    private static ConversationPost said(CollectedPost post, boolean answered) {
        return new ConversationPost(post.network(), post.tweetId(), post.author(), null, post.content(), post.createdAt(),
                post.network().addressOf(post.author(), post.tweetId()), answered);
    }
}
