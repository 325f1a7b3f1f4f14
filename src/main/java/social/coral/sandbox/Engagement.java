package social.coral.sandbox;

/** Models how a post's counts grow: fast in its first hours, then ever slower towards the post's potential. */
record Engagement(int likes, int retweets, int replies, int quotes, int bookmarks, int impressions) {

    private static final double HOURS_TO_TWO_THIRDS = 7;

    /** Returns a post's potential in likes: usually small, occasionally very large. */
    static int potential(Account account, boolean onTrend, Dice dice) {
        double likes = account.followers() * 0.004 * StrictMath.exp(1.1 * dice.bell());
        double luck = dice.chance(1) ? 5 + 30 * dice.fraction() : 1;
        return (int) Math.min(2_000_000, likes * luck * (onTrend ? 2 : 1));
    }

    static Engagement of(SandboxPost post, long now) {
        double hours = Math.max(0, now - post.epochMilli()) / 3_600_000.0;
        double share = 1 - StrictMath.exp(-hours / HOURS_TO_TWO_THIRDS);
        Dice dice = Dice.of(post.id(), 3);
        double seen = post.likes() * share;
        int retweets = (int) (seen * (0.05 + 0.2 * dice.fraction()));
        int replies = (int) (seen * (0.02 + 0.12 * dice.fraction()));
        int quotes = (int) (seen * 0.04 * dice.fraction());
        int bookmarks = (int) (seen * 0.1 * dice.fraction());
        int impressions = (int) Math.min(Integer.MAX_VALUE, seen * (25 + 60 * dice.fraction()) + share * 40);
        return new Engagement(post.isRetweet() ? 0 : (int) seen, retweets, post.isRetweet() ? 0 : replies, post.isRetweet() ? 0 : quotes,
                post.isRetweet() ? 0 : bookmarks, post.isRetweet() ? 0 : impressions);
    }
}
