package social.coral.content;

/** What others did with a post, when it was last looked at. */
public record PostCounts(int likes, int retweets, int replies) {

    public static final PostCounts NONE = new PostCounts(0, 0, 0);

    public PostCounts {
        likes = Math.max(0, likes);
        retweets = Math.max(0, retweets);
        replies = Math.max(0, replies);
    }
}
