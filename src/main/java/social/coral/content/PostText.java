package social.coral.content;

import com.twitter.twittertext.TwitterTextParser;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/** The words of a post, counted as X counts them. */
public final class PostText {

    /** The longest that a post can be, in X's weighted characters. */
    public static final int LONGEST = 280;

    // More than this cannot be a post, whatever the weights; refused before it is counted.
    private static final int MOST_CHARACTERS = 25_000;

    private PostText() {}

    /** How long X says that it is: a link counts 23, an emoji 2, most non-Latin characters 2. */
    public static int weightedLength(String text) {
        return TwitterTextParser.parseTweet(text).weightedLength;
    }

    /** The text as it is kept (NFC, lines ended by a line feed), if it can be a post; otherwise a failure that names the field. */
    public static String checked(String field, @Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            throw Failure.invalid(field, "is needed and cannot be blank");
        }
        if (typed.length() > MOST_CHARACTERS) {
            throw Failure.invalid(field, "is far too long: " + typed.length() + " characters, and a post has at most " + LONGEST);
        }
        typed.codePoints().filter(PostText::isForbidden).findFirst().ifPresent(point -> {
            throw Failure.invalid(field, "holds a character that X does not take (U+%04X)".formatted(point));
        });
        String text = Normalizer.normalize(typed.replace("\r\n", "\n"), Normalizer.Form.NFC);
        int length = weightedLength(text);
        if (length > LONGEST) {
            throw Failure.invalid(field, "is " + length + " characters long as X counts, " + (length - LONGEST) + " more than the " + LONGEST + " that a post can have");
        }
        return text;
    }

    private static boolean isForbidden(int point) {
        boolean control = Character.getType(point) == Character.CONTROL && point != '\n' && point != '\r' && point != '\t';
        boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return control || half || point == 0xFEFF || (point & 0xFFFE) == 0xFFFE;
    }
}
