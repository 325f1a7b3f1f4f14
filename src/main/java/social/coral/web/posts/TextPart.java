package social.coral.web.posts;

import org.jspecify.annotations.Nullable;

/**
 * A part of a post: words or a link.
 *
 * @param address the target of a link; null for words
 * @param leavesUs whether the target is on another site
 */
public record TextPart(String text, @Nullable String address, boolean leavesUs) {

    static TextPart words(String text) {
        return new TextPart(text, null, false);
    }
}
