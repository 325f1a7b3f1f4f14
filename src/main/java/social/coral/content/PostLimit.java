package social.coral.content;

import java.util.List;
import java.util.Locale;
import social.coral.api.Failure;

/** How long a post may be on X, which depends on the account that publishes it. */
public enum PostLimit {
    /** What every account may publish. X shows this much of any post before "Show more". */
    SHORT(280),
    /** What an account with X Premium may publish. */
    LONG(25_000);

    /** What the documentation of the API says of a text's length. */
    static final String IN_WORDS = "At most 280 characters as X counts them, or 25,000 where `long_posts` of the profile is true; "
            + "while it is a draft up to 30,000";

    private final int weighted;

    PostLimit(int weighted) {
        this.weighted = weighted;
    }

    /** Returns the limit of an account, by whether it may publish long posts. */
    public static PostLimit of(boolean longPosts) {
        return longPosts ? LONG : SHORT;
    }

    /** The most characters, as X counts them. */
    public int weighted() {
        return weighted;
    }

    /** Returns how many weighted characters must go before the text can be published; 0 if it fits. */
    public int tooMany(String text) {
        return Math.max(0, PostText.weightedLength(text) - weighted);
    }

    /** Reports whether all parts of a text of this kind can be published; blog posts do not go to X. */
    public boolean fits(TextKind kind, List<String> parts) {
        return kind == TextKind.BLOG || parts.stream().allMatch(part -> tooMany(part) == 0);
    }

    /** As above, for the text as it is now. */
    public boolean fits(ReviewedText text) {
        return fits(text.kind(), text.texts());
    }

    /** Refuses a text that is too long for X. */
    void mustFit(String field, String text) {
        int over = tooMany(text);
        if (over > 0) {
            int length = weighted + over;
            String premium = this == SHORT && length <= LONG.weighted
                    ? String.format(Locale.ROOT, " If your account has X Premium, allow %,d in your profile under Settings.", LONG.weighted) : "";
            throw Failure.invalid(field, String.format(Locale.ROOT, "%,d %s too long to publish: it has %,d as X counts, and %,d are allowed. It can stay a draft.%s",
                    over, over == 1 ? "character" : "characters", length, weighted, premium));
        }
    }
}
