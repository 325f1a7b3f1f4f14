package social.coral.networks;

import org.jspecify.annotations.Nullable;

/**
 * A post's engagement counts as of the last time it was fetched.
 *
 * @param told whether likes or reposts were told at all; where not, they are 0 here and not known
 * @param repliesTold the same of replies, which not everything tells that tells the others
 */
public record PostCounts(int likes, int retweets, int replies, boolean told, boolean repliesTold) {

    public static final PostCounts NONE = new PostCounts(0, 0, 0, false, false);

    public PostCounts(int likes, int retweets, int replies) {
        this(likes, retweets, replies, true, true);
    }

    /** The counts that somebody told; null for each that was not. */
    public static PostCounts told(@Nullable Integer likes, @Nullable Integer retweets, @Nullable Integer replies) {
        return new PostCounts(likes == null ? 0 : likes, retweets == null ? 0 : retweets, replies == null ? 0 : replies,
                likes != null || retweets != null, replies != null);
    }

    public PostCounts {
        likes = Math.max(0, likes);
        retweets = Math.max(0, retweets);
        replies = Math.max(0, replies);
    }
}
