package social.coral.content;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import social.coral.api.StorableTime;

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
        if (!StorableTime.isValid(createdAt)) {
            throw new IllegalArgumentException("not a time of a post: " + createdAt);
        }
        author = author.toLowerCase(Locale.ROOT);
        content = StorableText.truncate(content, LONGEST_CONTENT);
        lang = lang == null || lang.isEmpty() || lang.length() > LONGEST_LANG ? null : StorableText.truncate(lang, LONGEST_LANG);
        conversationId = PostIds.isId(conversationId) ? conversationId : null;
        inReplyToId = PostIds.isId(inReplyToId) ? inReplyToId : null;
    }
}
