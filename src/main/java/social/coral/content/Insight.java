package social.coral.content;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A topic that posts of the tenant's accounts are about.
 *
 * @param topic its name, in the words of those who write about it
 * @param reason why it is worth talking about, in a sentence
 * @param score how much it was talked about when it was last looked at; the higher the hotter, without an upper end
 * @param posts how many posts it has
 * @param authors whose its fifty strongest posts are, those with the most of them first
 * @param strongest its three posts that add most to the score, the strongest first
 * @param newestAt when the newest of its strongest posts was written; null where they are gone
 * @param seenAt when a post was last added to it
 */
public record Insight(
        UUID id,
        String topic,
        String reason,
        double score,
        int posts,
        List<String> authors,
        List<CollectedPost> strongest,
        boolean dismissed,
        @Nullable Instant newestAt,
        Instant firstSeenAt,
        Instant seenAt) {

    Insight with(List<CollectedPost> strongest) {
        return new Insight(id, topic, reason, score, posts, authors, strongest, dismissed, newestAt, firstSeenAt, seenAt);
    }
}
