package social.coral.content;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/** The words of a post, counted as X counts them. */
public final class PostText {

    /** The longest that a post can be, in X's weighted characters. */
    public static final int LONGEST = 280;

    /** So long a draft can be. Only long links make a post that X takes longer than this, and no sensible ones. */
    public static final int MOST_CHARACTERS = 5_000;

    private PostText() {}

    /** How long X says that it is: a link counts 23, an emoji 2, most non-Latin characters 2. */
    public static int weightedLength(String text) {
        return WeightedLength.of(text);
    }

    /**
     * The text as it is kept (NFC, lines ended by a line feed), if a draft can hold it; otherwise a failure that names the
     * field. It may still be too long to be published; see {@link #mustFit}.
     */
    static String kept(String field, @Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            throw Failure.invalid(field, "Write something first.");
        }
        refuseTooLong(field, typed);
        typed.codePoints().filter(PostText::isForbidden).findFirst().ifPresent(point -> {
            throw Failure.invalid(field, "The text has a character that X does not accept (U+%04X).".formatted(point));
        });
        String composed = ComposedText.of(typed.replace("\r\n", "\n"));
        // A few characters become two or three in the form that is kept.
        refuseTooLong(field, composed);
        return composed;
    }

    private static void refuseTooLong(String field, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw Failure.invalid(field, String.format(Locale.ROOT, "This draft has %,d characters; the limit is %,d.", text.length(), MOST_CHARACTERS));
        }
    }

    /** How many characters, as X counts, have to go before the text can be published; 0 when it fits. */
    public static int tooMany(String text) {
        return Math.max(0, weightedLength(text) - LONGEST);
    }

    /** Refuses what X would refuse for its length. */
    static void mustFit(String field, String text) {
        int length = weightedLength(text);
        if (length > LONGEST) {
            throw Failure.invalid(field, "The text is " + length + " characters long as X counts, " + (length - LONGEST) + " more than the " + LONGEST + " that a post can have. It can stay a draft.");
        }
    }

    private static boolean isForbidden(int point) {
        boolean control = Character.getType(point) == Character.CONTROL && point != '\n' && point != '\r' && point != '\t';
        boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return control || half || point == 0xFEFF || (point & 0xFFFE) == 0xFFFE;
    }
}
