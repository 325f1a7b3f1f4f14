package social.coral.web.posts;

import social.coral.content.PostText;
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
        String text = Ellipsis.after(MAX_SHOWN, typed);
        RichText rich = RichText.of(text.replace("\r\n", "\n"));
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
