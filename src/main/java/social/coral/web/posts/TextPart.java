package social.coral.web.posts;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a post: words, or something that leads somewhere.
 *
 * @param address where it leads; null for words
 * @param leavesUs whether that is another site
 */
public record TextPart(String text, @Nullable String address, boolean leavesUs) {

    static TextPart words(String text) {
        return new TextPart(text, null, false);
    }
}
