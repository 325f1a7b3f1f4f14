package social.coral.web.posts;

import java.util.List;
import social.coral.content.PostLimit;
import social.coral.content.PostText;
import social.coral.content.TextMark;
import social.coral.web.frame.Ellipsis;

/**
 * The length of a text as X counts it, and how it will look.
 *
 * @param limit how long it may be
 * @param left how many more characters can be published
 * @param leftAsDraft how many more characters fit into a draft
 */
public record Preview(RichText text, PostLimit limit, int length, int left, int leftAsDraft, long links) {

    /**
     * Measures what is typed.
     *
     * @param marks the places of it that are marked
     */
    public static Preview of(String typed, List<TextMark> marks, PostLimit limit) {
        String text = Ellipsis.after(PostText.MAX_CHARACTERS, typed);
        RichText rich = RichText.marked(text.replace("\r\n", "\n"), marks);
        int length = text.isBlank() ? 0 : PostText.weightedLength(text);
        long links = rich.parts().stream().filter(TextPart::leavesUs).count();
        return new Preview(rich, limit, length, limit.weighted() - length, PostText.MAX_CHARACTERS - typed.length(), links);
    }

    public boolean isTooLong() {
        return left < 0;
    }

    /** Reports whether X takes it, and shows only its beginning until a reader asks for more. */
    public boolean isFolded() {
        return !isTooLong() && length > PostLimit.SHORT.weighted();
    }

    /** The length from which the meter warns. */
    public int nearlyFull() {
        return limit == PostLimit.SHORT ? 261 : limit.weighted() - 500;
    }

    public boolean isBlank() {
        return length == 0;
    }
}
