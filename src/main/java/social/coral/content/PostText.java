package social.coral.content;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/** The text of a post, measured as X measures it. */
public final class PostText {

    /** The most characters that a draft can have. Only absurdly long links would make a longer post that X still accepts. */
    public static final int MAX_CHARACTERS = 30_000;

    private PostText() {}

    /** Returns the weighted length: a link counts 23, an emoji 2, most non-Latin characters 2. */
    public static int weightedLength(String text) {
        return WeightedLength.of(text);
    }

    /**
     * Normalizes the text (NFC, line feeds) if a draft can hold it; otherwise throws a failure that names the field. The text
     * may still be too long to be published; see {@link PostLimit}.
     */
    static String kept(String field, @Nullable String typed) {
        return kept(field, typed, MAX_CHARACTERS);
    }

    /** As above, with another limit. */
    static String kept(String field, @Nullable String typed, int mostCharacters) {
        if (typed == null || typed.codePoints().allMatch(PostText::isInvisible)) {
            throw Failure.invalid(field, "Write something first.");
        }
        refuseTooLong(field, typed, mostCharacters);
        refuseForbidden(field, typed);
        String composed = ComposedText.of(typed.replace("\r\n", "\n"));
        // A few characters become two or three when composed.
        refuseTooLong(field, composed, mostCharacters);
        return composed;
    }

    /** Refuses a character that X does not accept. */
    static void refuseForbidden(String field, String text) {
        text.codePoints().filter(PostText::isForbidden).findFirst().ifPresent(point -> {
            throw Failure.invalid(field, "The text has a character that X does not accept (U+%04X).".formatted(point));
        });
    }

    private static void refuseTooLong(String field, String text, int most) {
        if (text.length() > most) {
            throw Failure.invalid(field, String.format(Locale.ROOT, "This draft has %,d characters; the limit is %,d.", text.length(), most));
        }
    }

    static boolean isInvisible(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point) || Character.getType(point) == Character.FORMAT;
    }

    private static boolean isForbidden(int point) {
        boolean control = Character.getType(point) == Character.CONTROL && point != '\n' && point != '\r' && point != '\t';
        boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return control || half || point == 0xFEFF || (point & 0xFFFE) == 0xFFFE;
    }
}
