package social.coral.networks;

/** A post's engagement counts as of the last time it was fetched. */
public record PostCounts(int likes, int retweets, int replies) {

    public static final PostCounts NONE = new PostCounts(0, 0, 0);

    public PostCounts {
        likes = Math.max(0, likes);
        retweets = Math.max(0, retweets);
        replies = Math.max(0, replies);
    }
}
