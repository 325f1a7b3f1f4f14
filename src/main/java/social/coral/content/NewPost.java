package social.coral.content;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A post as a network or a file gives it. Foreign input, so the text loses what cannot be stored (NUL, halves of
 * surrogate pairs) and ends at the longest that a post can be.
 */
public record NewPost(
        String tweetId,
        String author,
        String content,
        @Nullable String lang,
        @Nullable String conversationId,
        @Nullable String inReplyToId,
        PostCounts counts,
        Instant createdAt) {

    static final int LONGEST_CONTENT = 25_000;
    private static final int LONGEST_LANG = 12;

    public NewPost {
        if (!PostIds.isId(tweetId)) {
            throw new IllegalArgumentException("not an id of a post: " + tweetId);
        }
        if (!Username.isName(author)) {
            throw new IllegalArgumentException("not a username: " + author);
        }
        author = author.toLowerCase(Locale.ROOT);
        content = storable(content);
        lang = lang == null || lang.isEmpty() || lang.length() > LONGEST_LANG ? null : storable(lang);
        conversationId = PostIds.isId(conversationId) ? conversationId : null;
        inReplyToId = PostIds.isId(inReplyToId) ? inReplyToId : null;
    }

    private static String storable(String text) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), LONGEST_CONTENT));
        text.codePoints()
                .filter(point -> point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE))
                .limit(LONGEST_CONTENT)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
