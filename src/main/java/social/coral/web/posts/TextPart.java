package social.coral.web.posts;

import org.jspecify.annotations.Nullable;

/**
 * A part of a post: words or a link.
 *
 * @param address the target of a link; null for words
 * @param leavesUs whether the target is on another site
 * @param marked whether it was searched for
 */
public record TextPart(String text, @Nullable String address, boolean leavesUs, boolean marked) {

    static TextPart words(String text) {
        return new TextPart(text, null, false, false);
    }

    static TextPart link(String text, String address, boolean leavesUs) {
        return new TextPart(text, address, leavesUs, false);
    }

    TextPart asMarked() {
        return new TextPart(text, address, leavesUs, true);
    }
}
