package social.coral.web.posts;

import java.util.List;
import social.coral.content.PostText;
import social.coral.content.TextMark;
import social.coral.web.frame.Ellipsis;

/**
 * The length of a text as X counts it, and how it will look.
 *
 * @param left how many more characters can be published
 * @param leftAsDraft how many more characters fit into a draft
 */
public record Preview(RichText text, int length, int left, int leftAsDraft, long links) {

    private static final int MAX_SHOWN = 25_000;

    public static Preview of(String typed) {
        return of(typed, List.of());
    }

    /** As above, with these places of the text marked. */
    public static Preview of(String typed, List<TextMark> marks) {
        String text = Ellipsis.after(MAX_SHOWN, typed);
        RichText rich = RichText.marked(text.replace("\r\n", "\n"), marks);
        int length = text.isBlank() ? 0 : PostText.weightedLength(text);
        long links = rich.parts().stream().filter(TextPart::leavesUs).count();
        return new Preview(rich, length, PostText.MAX_WEIGHTED_LENGTH - length, PostText.MAX_CHARACTERS - typed.length(), links);
    }

    public boolean isTooLong() {
        return left < 0;
    }

    public boolean isBlank() {
        return length == 0;
    }
}
